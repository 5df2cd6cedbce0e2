package dev.patchbay.core.naming;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.ContainerRefusals;
import dev.patchbay.core.refusal.NetworkRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.Specs;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Finds the object of a typed name or id: the one with this full id, otherwise the one with this exact
/// name, otherwise the only one whose id has this prefix.
public final class NameLookup {
    private NameLookup() {}

    public static NetworkSpec network(Specs specs, String typed) throws RefusedException {
        return network(
                candidates(specs, NetworkSpec.class, typed, specs.networksByName(typed)),
                typed,
                network -> List.of(network.id().value()),
                NetworkSpec::name);
    }

    /// The container of that name, running or not.
    public static SandboxSpec container(Specs specs, String typed) throws RefusedException {
        String key = NameRules.withoutSlash(typed);
        return container(
                candidates(specs, SandboxSpec.class, key, specs.sandboxesByName(key)),
                typed,
                sandbox -> List.of(sandbox.id().value()),
                SandboxSpec::name);
    }

    /// The container of that name, running or not.
    public static Container container(Topology topology, String typed) throws RefusedException {
        return container(
                topology.containers(),
                typed,
                container -> List.of(container.id().value()),
                Container::name);
    }

    /// The network in a list with this name or id.
    public static <T> T network(
            Collection<T> all, String typed, Function<T, List<String>> ids, Function<T, String> name)
            throws RefusedException {
        // As in Docker, an empty text is a prefix of every id of a network.
        List<T> found = typed.isEmpty() ? List.copyOf(all) : matching(all, typed, ids, name);
        return switch (found.size()) {
            case 0 -> throw NetworkRefusals.notFound(typed);
            case 1 -> found.getFirst();
            default -> throw NetworkRefusals.ambiguous(typed, found.size());
        };
    }

    /// The container in a list with this name or id, with or without the slash of Docker's names.
    public static <T> T container(
            Collection<T> all, String typed, Function<T, List<String>> ids, Function<T, String> name)
            throws RefusedException {
        List<T> found = matching(all, NameRules.withoutSlash(typed), ids, name);
        return switch (found.size()) {
            case 0 -> throw ContainerRefusals.notFound(typed);
            case 1 -> found.getFirst();
            default -> throw ContainerRefusals.ambiguous(typed);
        };
    }

    /// All objects in a list that match.
    ///
    /// @param ids the ids of one object, which may have several
    public static <T> List<T> matching(
            Collection<T> all, String typed, Function<T, List<String>> ids, Function<T, String> name) {
        if (typed.isEmpty()) {
            return List.of();
        }
        return Stream.<Predicate<T>>of(
                        object -> ids.apply(object).contains(typed),
                        object -> name.apply(object).equals(typed),
                        object -> ids.apply(object).stream().anyMatch(id -> id.startsWith(typed)))
                .map(which -> all.stream().filter(which).toList())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /// The few possible objects, because specs have an index of names and ids.
    private static <T extends Spec> List<T> candidates(Specs specs, Class<T> type, String key, List<T> named) {
        return Stream.concat(
                        named.stream(),
                        specs.withIdPrefix(key).stream()
                                .filter(type::isInstance)
                                .map(type::cast))
                .distinct()
                .toList();
    }
}
