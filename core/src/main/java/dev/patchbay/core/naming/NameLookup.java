package dev.patchbay.core.naming;

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

/// What a typed word stands for: the object with this full id, else with this exact name, else the only one whose id
/// starts so.
public final class NameLookup {
    private NameLookup() {}

    public static NetworkSpec network(Specs specs, String typed) throws RefusedException {
        List<NetworkSpec> matches = matches(specs, NetworkSpec.class, typed, specs.networksByName(typed));
        return switch (matches.size()) {
            case 0 -> throw NetworkRefusals.notFound(typed);
            case 1 -> matches.getFirst();
            default -> throw NetworkRefusals.ambiguous(typed, matches.size());
        };
    }

    /// The container meant, running or not.
    public static SandboxSpec container(Specs specs, String typed) throws RefusedException {
        if (typed.isEmpty()) {
            throw ContainerRefusals.notFound(typed);
        }
        List<SandboxSpec> matches = matches(
                specs,
                SandboxSpec.class,
                NameRules.withoutSlash(typed),
                specs.sandboxesByName(NameRules.withoutSlash(typed)));
        return switch (matches.size()) {
            case 0 -> throw ContainerRefusals.notFound(typed);
            case 1 -> matches.getFirst();
            default -> throw ContainerRefusals.ambiguous(typed);
        };
    }

    /// Those of a list that a typed word may stand for.
    ///
    /// @param ids of one object; it may go by several
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

    private static <T extends Spec> List<T> matches(Specs specs, Class<T> type, String key, List<T> named) {
        List<T> starting = specs.withIdPrefix(key).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
        boolean whole = starting.size() == 1 && starting.getFirst().id().value().equals(key);
        return whole || named.isEmpty() ? starting : named.subList(0, 1);
    }
}
