package dev.patchbay.app.hosts;

import dev.patchbay.app.text.Messages;
import dev.patchbay.core.docker.config.DockerHost;
import dev.patchbay.core.docker.config.DockerHosts;

/// A host as the host switch offers it.
///
/// @param name as `--host` takes it
/// @param title on the switch itself
/// @param detail beside it in the menu
/// @param obstacle why it cannot be shown; empty when nothing is known to be in the way
public record HostChoice(HostKind kind, String name, String title, String detail, String obstacle) {
    public static final String LAB = "lab";

    public static HostChoice lab(boolean asRoot) {
        return new HostChoice(
                HostKind.LAB,
                LAB,
                asRoot ? Messages.of("host.lab.asRoot") : Messages.of("host.lab.withoutRoot"),
                Messages.of("host.lab.menu"),
                "");
    }

    public static HostChoice of(DockerHost host) {
        return new HostChoice(
                HostKind.ENGINE,
                host.name(),
                title(host),
                Messages.of("host.engine.menu", host.origin(), host.address()),
                host.problem());
    }

    /// `DOCKER_HOST` and the current context may lead to another machine, which is named by where it is.
    private static String title(DockerHost host) {
        if (!host.name().equals(DockerHosts.LOCAL)) {
            return host.name();
        }
        return host.isLocalSocket() || host.address().isEmpty() ? Messages.of("host.local") : host.address();
    }
}
