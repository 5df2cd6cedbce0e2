package dev.patchbay.core.compose;

import dev.patchbay.core.compose.yaml.ComposeMistakes;
import dev.patchbay.core.compose.yaml.Element;
import dev.patchbay.core.refusal.Mistake;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// Services in the order of the file, each behind those that it depends on.
final class StartOrder {
    private final SequencedMap<String, Element> services;
    private final SequencedSet<String> ordered = new LinkedHashSet<>();
    private final Deque<String> waiting = new ArrayDeque<>();

    private StartOrder(SequencedMap<String, Element> services) {
        this.services = services;
    }

    static List<String> of(SequencedMap<String, Element> services) throws Mistake {
        StartOrder order = new StartOrder(services);
        for (String service : services.sequencedKeySet()) {
            order.put(service);
        }
        return List.copyOf(order.ordered);
    }

    private void put(String service) throws Mistake {
        if (ordered.contains(service)) {
            return;
        }
        Fields fields = Fields.of(Objects.requireNonNull(services.get(service)));
        if (waiting.contains(service)) {
            throw ComposeMistakes.invalid(
                    fields.mapping().place(), "it depends on itself, by " + String.join(", ", waiting.reversed()));
        }
        waiting.push(service);
        for (String other : dependencies(fields)) {
            if (!services.containsKey(other)) {
                throw ComposeMistakes.invalid(
                        fields.mapping().place(), "it depends on a service that is not there: " + other);
            }
            put(other);
        }
        waiting.pop();
        ordered.add(service);
    }

    private static List<String> dependencies(Fields fields) throws Mistake {
        List<String> others = new ArrayList<>();
        if (fields.get("depends_on") instanceof Element.Mapping mapping) {
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
