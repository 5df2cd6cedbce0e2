package dev.patchbay.app.control;

import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import org.controlsfx.control.SegmentedButton;

/// What several panes do with nodes.
public final class Nodes {
    private Nodes() {}

    /// Hidden, a node takes no room.
    public static void setShown(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    /// As [#setShown], from now on.
    public static void showWhen(Node node, ObservableValue<Boolean> condition) {
        node.visibleProperty().bind(condition);
        node.managedProperty().bind(condition);
    }

    /// Buttons side by side, of which one is always selected.
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
