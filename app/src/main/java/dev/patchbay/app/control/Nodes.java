package dev.patchbay.app.control;

import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import org.controlsfx.control.SegmentedButton;

/// Helpers for nodes that several panes share.
public final class Nodes {
    private Nodes() {}

    /// A hidden node takes no space in the layout.
    public static void setShown(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    /// Binds what [#setShown] sets.
    public static void showWhen(Node node, ObservableValue<Boolean> condition) {
        node.visibleProperty().bind(condition);
        node.managedProperty().bind(condition);
    }

    /// Toggle buttons side by side, of which exactly one is selected.
    public static SegmentedButton segments(ToggleButton... buttons) {
        SegmentedButton segments = new SegmentedButton(buttons);
        for (ToggleButton button : buttons) {
            button.setToggleGroup(segments.getToggleGroup());
        }
        segments.getToggleGroup().selectedToggleProperty().subscribe((before, now) -> {
            if (now == null && before != null) {
                before.setSelected(true);
            }
        });
        return segments;
    }
}
