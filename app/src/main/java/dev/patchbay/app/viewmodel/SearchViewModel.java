package dev.patchbay.app.viewmodel;

import dev.patchbay.app.canvas.Selected;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.topology.Container;
import dev.patchbay.core.topology.Endpoint;
import dev.patchbay.core.topology.Network;
import dev.patchbay.core.topology.PortBinding;
import dev.patchbay.core.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// Finds networks, containers and published ports by name, address, port, MAC or image, and walks the hits.
public final class SearchViewModel {
    private final HostViewModel host;
    private final ObjectProperty<Selected> selected;
    private final StringProperty query = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper position = new ReadOnlyStringWrapper("");

    public SearchViewModel(HostViewModel host, ObjectProperty<Selected> selected) {
        this.host = host;
        this.selected = selected;
        query.subscribe(this::count);
        selected.subscribe(this::count);
        host.topology().subscribe(this::count);
    }

    public StringProperty query() {
        return query;
    }

    /// Which hit is selected, and of how many; empty while nothing is searched for.
    public ReadOnlyStringProperty position() {
        return position.getReadOnlyProperty();
    }

    private void count() {
        if (query.get().isBlank()) {
            position.set("");
            return;
        }
        List<Selected> hits = hits();
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

    /// Selects the hit after the selected one, the first after the last; does nothing without a hit.
    public void next() {
        List<Selected> hits = hits();
        if (!hits.isEmpty()) {
            selected.set(hits.get((hits.indexOf(selected.get()) + 1) % hits.size()));
        }
    }

    /// In the order of the picture's lists.
    public List<Selected> hits() {
        Topology topology = host.topology().get();
        String wanted = query.get().strip().toLowerCase(Locale.ROOT);
        List<Selected> hits = new ArrayList<>();
        if (topology == null || wanted.isEmpty()) {
            return hits;
        }
        for (Network network : topology.networks()) {
            if (matches(wanted, network.name(), network.subnet(), network.gateway(), network.bridge())) {
                hits.add(new Selected.NetworkSelected(network.id()));
            }
        }
        for (Container container : topology.containers()) {
            if (matches(wanted, texts(container))) {
                hits.add(new Selected.ContainerSelected(container.id()));
            }
            for (PortBinding port : container.ports()) {
                if (matches(wanted, Ports.hostSide(port))) {
                    hits.add(new Selected.PortSelected(port.id()));
                }
            }
        }
        return hits;
    }

    private static Object[] texts(Container container) {
        Stream<Object> own =
                Stream.concat(Stream.of(container.name(), container.image()), container.exposed().stream());
        Stream<Object> places = container.endpoints().stream().flatMap(SearchViewModel::texts);
        return Stream.concat(own, places).toArray();
    }

    private static Stream<Object> texts(Endpoint endpoint) {
        return Stream.concat(Stream.ofNullable(endpoint.mac()), Stream.ofNullable(endpoint.address()));
    }

    private static boolean matches(String wanted, @Nullable Object... texts) {
        for (Object text : texts) {
            if (text != null && text.toString().toLowerCase(Locale.ROOT).contains(wanted)) {
                return true;
            }
        }
        return false;
    }
}
