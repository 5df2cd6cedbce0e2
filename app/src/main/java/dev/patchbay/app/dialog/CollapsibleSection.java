package dev.patchbay.app.dialog;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.VBox;

/// A section for rarely used fields, collapsed at first.
public final class CollapsibleSection {
    private final VBox body = new VBox(10);
    private final TitledPane pane;
    private final List<FormField> fields = new ArrayList<>();

    public CollapsibleSection(String title, String id) {
        pane = new TitledPane(title, body);
        pane.setId(id);
        pane.setAnimated(false);
        pane.setExpanded(false);
        pane.getStyleClass().add("dense");
    }

    public CollapsibleSection add(FormField field, ObservableValue<?> watched) {
        fields.add(field);
        watched.subscribe(field::validate);
        body.getChildren().add(field.node());
        return this;
    }

    /// Adds a control whose value is always valid.
    public CollapsibleSection add(Node choice) {
        body.getChildren().add(choice);
        return this;
    }

    List<FormField> fields() {
        return fields;
    }

    public Node node() {
        return pane;
    }
}
