package dev.patchbay.core.naming;

import dev.patchbay.core.mistake.ContainerMistakes;
import dev.patchbay.core.mistake.Mistake;
import dev.patchbay.core.mistake.NetworkMistakes;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.Specs;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a typed word stands for: the object with this full id, else with this exact name, else the only one whose id
/// starts so.
public final class Lookup {
    private Lookup() {}

    public static NetworkSpec network(Specs specs, String typed) throws Mistake {
        List<NetworkSpec> matches = matches(specs.networks(), typed, NetworkSpec::name);
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
        List<SandboxSpec> matches = matches(specs.sandboxes(), Names.withoutSlash(typed), SandboxSpec::name);
        return switch (matches.size()) {
            case 0 -> throw ContainerMistakes.notFound(typed);
            case 1 -> matches.getFirst();
            default -> throw ContainerMistakes.ambiguous(typed);
        };
    }

    private static <T extends Spec> List<T> matches(List<T> all, String key, Function<T, String> name) {
        Optional<T> exact = all.stream()
                .filter(spec -> spec.id().value().equals(key))
                .findFirst()
                .or(() -> all.stream()
                        .filter(spec -> name.apply(spec).equals(key))
                        .findFirst());
        return exact.map(List::of)
                .orElseGet(() -> all.stream()
                        .filter(spec -> spec.id().value().startsWith(key))
                        .toList());
    }
}
