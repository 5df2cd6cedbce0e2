package dev.patchbay.core.filter;

import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.FilterRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.Id;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The filters of `network ls`. Values of one key are alternatives, except that all labels must match.
public final class NetworkFilters {
    private static final Set<String> KNOWN = Set.of("dangling", "driver", "id", "label", "name", "scope", "type");
    private static final Set<String> TRUE = Set.of("1", "true");
    private static final Set<String> FALSE = Set.of("0", "false");

    private NetworkFilters() {}

    public static Predicate<Network> read(Map<String, List<String>> typed, Topology topology) throws RefusedException {
        for (String key : typed.keySet()) {
            if (!KNOWN.contains(key)) {
                throw FilterRefusals.unknown(key);
            }
        }
        for (String type : typed.getOrDefault("type", List.of())) {
            if (!type.equals("builtin") && !type.equals("custom")) {
                throw FilterRefusals.badPair("type", type);
            }
        }
        Boolean dangling = dangling(typed.getOrDefault("dangling", List.of()));
        Set<Id> used = networksInUse(topology);
        return network -> (dangling == null || dangling == isDangling(network, used))
                && anyMatches(
                        typed, "driver", value -> value.equals(network.driver().toString()))
                && anyMatches(
                        typed,
                        "id",
                        value -> NamePattern.matches(value, network.id().value()))
                && anyMatches(typed, "name", value -> NamePattern.matches(value, network.name()))
                && anyMatches(
                        typed, "scope", value -> value.equals(network.driver().scope()))
                && anyMatches(typed, "type", value -> value.equals(network.predefined() ? "builtin" : "custom"))
                && LabelFilter.hasAll(network.labels(), typed.getOrDefault("label", List.of()));
    }

    private static @Nullable Boolean dangling(List<String> values) throws RefusedException {
        if (values.isEmpty()) {
            return null;
        }
        String value = values.getFirst();
        if (values.size() > 1 || !(TRUE.contains(value) || FALSE.contains(value))) {
            throw FilterRefusals.notABoolean("dangling");
        }
        return TRUE.contains(value);
    }

    private static Set<Id> networksInUse(Topology topology) {
        Set<Id> used = new HashSet<>();
        topology.containers().forEach(container -> container.endpoints().forEach(place -> used.add(place.network())));
        return used;
    }

    private static boolean isDangling(Network network, Set<Id> used) {
        return !network.predefined() && !used.contains(network.id());
    }

    private static boolean anyMatches(Map<String, List<String>> typed, String key, Predicate<String> matches) {
        List<String> values = typed.get(key);
        return values == null || values.stream().anyMatch(matches);
    }
}
