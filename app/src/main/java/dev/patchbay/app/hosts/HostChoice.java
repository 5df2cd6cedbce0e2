package dev.patchbay.app.hosts;

import dev.patchbay.app.text.Messages;
import dev.patchbay.core.docker.config.DockerHost;
import dev.patchbay.core.docker.config.DockerHosts;

/// An entry of the host switch.
///
/// @param name as `--host` takes it
/// @param title on the switch itself
/// @param detail beside the title in the menu
/// @param obstacle why the host cannot be shown; empty for none
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

    /// `DOCKER_HOST` and the current context may point to another machine, whose address is then the
    /// title.
    private static String title(DockerHost host) {
        if (!host.name().equals(DockerHosts.LOCAL)) {
            return host.name();
        }
        return host.isLocalSocket() || host.address().isEmpty() ? Messages.of("host.local") : host.address();
    }
}
