package dev.patchbay.core.compose;

import java.util.List;
import java.util.Set;

/// What a Compose file asks for.
///
/// @param files relative to the directory of the first; each later one overrides those before it
/// @param networks in the order of the file
/// @param services those that are wanted, also ones that consist of no container
/// @param containers in the order they are started: those that others depend on first
/// @param notes what the person should know of the file: keys that are not carried out, variables without a value
public record Project(
        String name,
        List<String> files,
        List<ProjectNetwork> networks,
        Set<String> services,
        List<ProjectContainer> containers,
        List<String> notes) {
    public Project {
        files = List.copyOf(files);
        networks = List.copyOf(networks);
        services = Set.copyOf(services);
        containers = List.copyOf(containers);
        notes = List.copyOf(notes);
    }
}
