package dev.patchbay.engine.spec;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A sandbox that must exist: a network namespace and, while `running`, the person's command inside it.
///
/// Its endpoints and ports are in the kernel only while it runs; their specs, and so the addresses, stay while it is
/// stopped.
///
/// @param name the container's name, without the leading slash; never reaches the kernel
/// @param image what the person asked for, as `httpd:2.4`
/// @param workload the program to run, resolved from image and command by the core
/// @param command what inspect and `ps` show, as `[httpd-foreground]`
/// @param environment `NAME=value` lines for the command
/// @param exposed container ports that the image or the person declares, published or not
/// @param networkMode `HostConfig.NetworkMode`, as the person asked: `default`, `none`, a network's name
/// @param namespaceId identity of the network namespace of the present (or last) start; a new one each start
public record SandboxSpec(
        Id id,
        String name,
        Instant created,
        String image,
        Workload workload,
        List<String> command,
        String hostname,
        List<String> environment,
        List<ExposedPort> exposed,
        Map<String, String> labels,
        boolean tty,
        boolean openStdin,
        String networkMode,
        Id namespaceId,
        boolean running)
        implements Spec {

    public SandboxSpec {
        command = List.copyOf(command);
        environment = List.copyOf(environment);
        exposed = List.copyOf(exposed);
        labels = Map.copyOf(labels);
        if (hostname.isEmpty() || hostname.length() > 64 || hostname.chars().anyMatch(c -> c < '!' || c > '~')) {
            throw new IllegalArgumentException("invalid hostname: " + hostname);
        }
        if (environment.stream().anyMatch(line -> line.indexOf('=') < 1 || line.indexOf('\0') >= 0)) {
            throw new IllegalArgumentException("an environment line is NAME=value");
        }
    }

    /// Name of the network namespace under `/run/netns`.
    public String namespaceName() {
        return "pb-" + namespaceId.shortForm();
    }

    /// The same sandbox, to be started in a fresh namespace.
    public SandboxSpec started() {
        return started(Id.random());
    }

    /// The same sandbox, to be started in a namespace whose identity is known before, so that a preview can name it.
    public SandboxSpec started(Id freshNamespace) {
        return with(freshNamespace, true);
    }

    /// The same sandbox, to be stopped.
    public SandboxSpec stopped() {
        return with(namespaceId, false);
    }

    private SandboxSpec with(Id namespace, boolean run) {
        return new SandboxSpec(
                id,
                name,
                created,
                image,
                workload,
                command,
                hostname,
                environment,
                exposed,
                labels,
                tty,
                openStdin,
                networkMode,
                namespace,
                run);
    }
}
