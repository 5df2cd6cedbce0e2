package dev.patchbay.core.compose;

import dev.patchbay.core.compose.yaml.ComposeRefusals;
import dev.patchbay.core.compose.yaml.YamlElement;
import dev.patchbay.core.refusal.RefusedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// Sorts services: each one comes after those that it depends on, otherwise in the order of the file.
final class DependencyOrder {
    private final SequencedMap<String, YamlElement> services;
    private final SequencedSet<String> ordered = new LinkedHashSet<>();
    private final Deque<String> inProgress = new ArrayDeque<>();

    private DependencyOrder(SequencedMap<String, YamlElement> services) {
        this.services = services;
    }

    static List<String> of(SequencedMap<String, YamlElement> services) throws RefusedException {
        DependencyOrder order = new DependencyOrder(services);
        for (String service : services.sequencedKeySet()) {
            order.add(service);
        }
        return List.copyOf(order.ordered);
    }

    private void add(String service) throws RefusedException {
        if (ordered.contains(service)) {
            return;
        }
        ComposeFields fields = ComposeFields.of(Objects.requireNonNull(services.get(service)));
        if (inProgress.contains(service)) {
            throw ComposeRefusals.invalid(
                    fields.mapping().location(),
                    "it depends on itself, by " + String.join(", ", inProgress.reversed()));
        }
        inProgress.push(service);
        for (String other : dependencies(fields)) {
            if (!services.containsKey(other)) {
                throw ComposeRefusals.invalid(
                        fields.mapping().location(), "it depends on a service that is not there: " + other);
            }
            add(other);
        }
        inProgress.pop();
        ordered.add(service);
    }

    private static List<String> dependencies(ComposeFields fields) throws RefusedException {
        List<String> others = new ArrayList<>();
        if (fields.get("depends_on") instanceof YamlElement.Mapping mapping) {
            mapping.fields().forEach(field -> others.add(field.key()));
        } else {
            others.addAll(fields.texts("depends_on"));
        }
        String mode = fields.text("network_mode", "");
        if (mode.startsWith("service:")) {
            others.add(mode.substring("service:".length()));
        }
        return others;
    }
}
