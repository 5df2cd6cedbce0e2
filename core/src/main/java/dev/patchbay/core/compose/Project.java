package dev.patchbay.core.compose;

import java.util.List;

/// What a Compose file asks for.
///
/// @param file its name, without the directory
/// @param networks in the order of the file
/// @param containers in the order they are started: those that others depend on first
/// @param notes what the person should know of the file: keys that are not carried out, variables without a value
public record Project(
        String name,
        String file,
        List<ProjectNetwork> networks,
        List<ProjectContainer> containers,
        List<String> notes) {
    public Project {
        networks = List.copyOf(networks);
        containers = List.copyOf(containers);
        notes = List.copyOf(notes);
    }
}
