package dev.patchbay.core.compose;

import java.util.List;
import java.util.Set;

/// The content of a Compose file.
///
/// @param files relative to the directory of the first; each later one overrides the previous ones
/// @param networks in the order of the file
/// @param services the enabled services, also those without containers
/// @param containers in the order of starting: each after those that it depends on
/// @param notes about the file: ignored keys, variables without a value
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
