package dev.patchbay.app.window;

import dev.patchbay.app.canvas.TopologySearch;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Topology;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// Finds networks, containers and published ports by name, address, port, MAC or image, and steps
/// through the hits.
public final class SearchViewModel {
    private final HostViewModel host;
    private final ObjectProperty<Selection> selected;
    private final StringProperty query = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper position = new ReadOnlyStringWrapper("");

    public SearchViewModel(HostViewModel host, ObjectProperty<Selection> selected) {
        this.host = host;
        this.selected = selected;
        query.subscribe(this::updatePosition);
        selected.subscribe(this::updatePosition);
        host.topology().subscribe(this::updatePosition);
    }

    public StringProperty query() {
        return query;
    }

    /// The position of the selected hit and the number of hits, as `2/5`; empty without a search.
    public ReadOnlyStringProperty position() {
        return position.getReadOnlyProperty();
    }

    private void updatePosition() {
        if (query.get().isBlank()) {
            position.set("");
            return;
        }
        List<Selection> hits = hits();
        int at = hits.indexOf(selected.get());
        if (hits.isEmpty()) {
            position.set(Messages.of("search.noHits"));
        } else {
            position.set(
                    at < 0
                            ? Messages.count("search.hits", hits.size())
                            : Messages.of("search.hit", at + 1, hits.size()));
        }
    }

    /// Selects the next hit, and after the last hit the first one.
    public void next() {
        List<Selection> hits = hits();
        if (!hits.isEmpty()) {
            selected.set(hits.get((hits.indexOf(selected.get()) + 1) % hits.size()));
        }
    }

    /// The hits in the order of the topology; the canvas highlights the same ones.
    public List<Selection> hits() {
        Topology topology = host.topology().get();
        return topology == null ? List.of() : TopologySearch.hits(query.get(), topology);
    }
}
