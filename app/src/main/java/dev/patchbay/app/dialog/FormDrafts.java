package dev.patchbay.app.dialog;

import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.beans.property.Property;
import org.jspecify.annotations.Nullable;

/// What was filled into forms that were closed before they were applied. The next form for the same begins
/// with it.
public final class FormDrafts {
    private static final int KEPT = 32;

    private final HostViewModel host;
    private final Map<List<Object>, Map<Integer, @Nullable Object>> kept = new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Object>, Map<Integer, @Nullable Object>> eldest) {
            return size() > KEPT;
        }
    };

    public FormDrafts(HostViewModel host) {
        this.host = host;
    }

    /// Fills in what is kept for this kind of form and object, and keeps from now on what a person changes,
    /// until the form is applied or discarded.
    ///
    /// @param about what the form is for: ids, ports; empty for something new
    public <F extends ChangeForm> F resume(F form, Object... about) {
        List<Object> key = List.of(form.getClass(), List.of(about));
        List<Property<?>> inputs = form.preview().inputs();
        Map<Integer, @Nullable Object> draft = new HashMap<>(kept.getOrDefault(key, Map.of()));
        form.preview().whenSettled(() -> kept.remove(key));
        for (int i = 0; i < inputs.size(); i++) {
            begin(inputs.get(i), i, draft, key);
        }
        return form;
    }

    private <T> void begin(Property<T> input, int number, Map<Integer, @Nullable Object> draft, List<Object> key) {
        T first = input.getValue();
        if (draft.containsKey(number)) {
            fill(input, draft.get(number));
        }
        input.subscribe(now -> {
            if (Objects.equals(now, first)) {
                draft.remove(number);
            } else {
                draft.put(number, now);
            }
            if (draft.isEmpty()) {
                kept.remove(key);
            } else {
                kept.put(key, draft);
            }
        });
    }

    /// What was chosen from a list is chosen as it is now, and not at all when it is gone.
    @SuppressWarnings("unchecked") // it came from the same input of a form of the same class
    private <T> void fill(Property<T> input, @Nullable Object value) {
        Topology topology = host.topology().get();
        Object now = switch (value) {
            case Network network -> topology == null ? null : topology.network(network.id());
            case Container container -> topology == null ? null : topology.container(container.id());
            case null, default -> value;
        };
        if (now != null) {
            input.setValue((T) now);
        }
    }
}
