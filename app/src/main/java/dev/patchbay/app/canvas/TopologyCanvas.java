package dev.patchbay.app.canvas;

import dev.patchbay.app.style.Theme;
import dev.patchbay.core.topology.Topology;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.layout.Region;

/// The picture as a control: wheel zooms at the pointer, drag pans, click selects, arrows walk. Every method belongs to
/// the JavaFX thread.
public final class TopologyCanvas extends Region {
    private final ObjectProperty<Selected> selected = new SimpleObjectProperty<>(new Selected.Nothing());

    /// Shows another moment of the same host. What is already shown stays where it is.
    public void setTopology(Topology topology) {}

    public void setTheme(Theme theme) {}

    /// What is selected; may be set from outside.
    public ObjectProperty<Selected> selectedProperty() {
        return selected;
    }

    /// Dims everything that does not match; empty shows all. Matches names, addresses, ports, MACs and images.
    public void setSearch(String text) {}

    /// Makes the whole picture visible.
    public void fit() {}

    public void zoomIn() {}

    public void zoomOut() {}

    /// Called when a person asks for a menu, by right click or from the keyboard.
    public void setOnContextRequest(Consumer<ContextRequest> listener) {}

    /// Called on double click and on Enter on what is already selected.
    public void setOnOpen(Consumer<Selected> listener) {}
}
