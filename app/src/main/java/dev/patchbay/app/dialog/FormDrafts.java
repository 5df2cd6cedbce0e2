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

/// The values of forms that were closed without being applied. The next form for the same object starts
/// with them.
public final class FormDrafts {
    private static final int MAX_DRAFTS = 32;

    private final HostViewModel host;
    private final Map<List<Object>, Map<Integer, @Nullable Object>> drafts =
            new LinkedHashMap<>(MAX_DRAFTS, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<List<Object>, Map<Integer, @Nullable Object>> eldest) {
                    return size() > MAX_DRAFTS;
                }
            };

    public FormDrafts(HostViewModel host) {
        this.host = host;
    }

    /// Restores the values for this kind of form and object, and saves each change to them until the
    /// form is applied or discarded.
    ///
    /// @param about the objects of the form: ids, ports; empty for a new object
    public <F extends ChangeForm> F restore(F form, Object... about) {
        List<Object> key = List.of(form.getClass(), List.of(about));
        List<Property<?>> inputs = form.preview().inputs();
        Map<Integer, @Nullable Object> draft = new HashMap<>(drafts.getOrDefault(key, Map.of()));
        form.preview().setOnSettled(() -> drafts.remove(key));
        for (int i = 0; i < inputs.size(); i++) {
            track(inputs.get(i), i, draft, key);
        }
        return form;
    }

    private <T> void track(Property<T> input, int number, Map<Integer, @Nullable Object> draft, List<Object> key) {
        T first = input.getValue();
        if (draft.containsKey(number)) {
            restoreValue(input, draft.get(number));
        }
        input.subscribe(now -> {
            if (Objects.equals(now, first)) {
                draft.remove(number);
            } else {
                draft.put(number, now);
            }
            if (draft.isEmpty()) {
                drafts.remove(key);
            } else {
                drafts.put(key, draft);
            }
        });
    }

    /// A value chosen from a list is replaced by the current one with the same identity, and dropped
    /// when there is none.
    @SuppressWarnings("unchecked") // it came from the same input of a form of the same class
    private <T> void restoreValue(Property<T> input, @Nullable Object value) {
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
