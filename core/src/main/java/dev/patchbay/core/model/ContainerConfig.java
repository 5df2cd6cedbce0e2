package dev.patchbay.core.model;

import dev.patchbay.engine.container.HostSettings;
import java.util.List;

/// How a container was asked for. [Container] has what of it is in force.
///
/// @param command empty where the image's was to run; in a Lab it is the one that runs
/// @param environment `NAME=value` lines, with the image's
/// @param hostname empty where nobody chose one
/// @param domainname empty for none
/// @param ports each as `-p` took it
public record ContainerConfig(
        List<String> command,
        List<String> environment,
        String hostname,
        String domainname,
        boolean tty,
        boolean openStdin,
        HostSettings settings,
        List<PortMapping> ports) {
    /// Nothing was asked for.
    public static final ContainerConfig DEFAULT =
            new ContainerConfig(List.of(), List.of(), "", "", false, false, HostSettings.DEFAULT, List.of());

    public ContainerConfig {
        command = List.copyOf(command);
        environment = List.copyOf(environment);
        ports = List.copyOf(ports);
    }
}
