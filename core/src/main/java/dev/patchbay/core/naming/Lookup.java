package dev.patchbay.core.naming;

import dev.patchbay.core.refusal.ContainerMistakes;
import dev.patchbay.core.refusal.Mistake;
import dev.patchbay.core.refusal.NetworkMistakes;
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
public final class Lookup {
    private Lookup() {}

    public static NetworkSpec network(Specs specs, String typed) throws Mistake {
        List<NetworkSpec> matches = matches(specs, NetworkSpec.class, typed, specs.networksByName(typed));
        return switch (matches.size()) {
            case 0 -> throw NetworkMistakes.notFound(typed);
            case 1 -> matches.getFirst();
            default -> throw NetworkMistakes.ambiguous(typed, matches.size());
        };
    }

    /// The container meant, running or not.
    public static SandboxSpec container(Specs specs, String typed) throws Mistake {
        if (typed.isEmpty()) {
            throw ContainerMistakes.notFound(typed);
        }
        List<SandboxSpec> matches = matches(
                specs, SandboxSpec.class, Names.withoutSlash(typed), specs.sandboxesByName(Names.withoutSlash(typed)));
        return switch (matches.size()) {
            case 0 -> throw ContainerMistakes.notFound(typed);
            case 1 -> matches.getFirst();
            default -> throw ContainerMistakes.ambiguous(typed);
        };
    }

    /// Those of a list that a typed word may stand for.
    ///
    /// @param ids of one object; it may go by several
    public static <T> List<T> meant(
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
