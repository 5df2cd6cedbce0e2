package dev.patchbay.core.model;

import dev.patchbay.engine.container.HostSettings;
import java.util.List;

/// The requested settings of a container; [Container] has those in force.
///
/// @param command empty for the image's own; in a Lab the command that runs
/// @param environment `NAME=value` lines, with those of the image
/// @param hostname empty when none was chosen
/// @param domainname empty for none
/// @param ports each in the syntax of `-p`
public record ContainerConfig(
        List<String> command,
        List<String> environment,
        String hostname,
        String domainname,
        boolean tty,
        boolean openStdin,
        HostSettings settings,
        List<PortMapping> ports) {
    /// Without any requested setting.
    public static final ContainerConfig DEFAULT =
            new ContainerConfig(List.of(), List.of(), "", "", false, false, HostSettings.DEFAULT, List.of());

    public ContainerConfig {
        command = List.copyOf(command);
        environment = List.copyOf(environment);
        ports = List.copyOf(ports);
    }
}
