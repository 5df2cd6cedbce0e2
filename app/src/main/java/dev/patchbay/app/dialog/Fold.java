package dev.patchbay.app.dialog;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.VBox;

/// Fields that few people need, folded away until somebody asks for them.
public final class Fold {
    private final VBox body = new VBox(10);
    private final TitledPane pane;
    private final List<Field> fields = new ArrayList<>();

    public Fold(String title, String id) {
        pane = new TitledPane(title, body);
        pane.setId(id);
        pane.setAnimated(false);
        pane.setExpanded(false);
        pane.getStyleClass().add("dense");
    }

    public Fold add(Field field, ObservableValue<?> watched) {
        fields.add(field);
        watched.subscribe(field::check);
        body.getChildren().add(field.node());
        return this;
    }

    /// What cannot be filled in wrongly.
    public Fold add(Node choice) {
        body.getChildren().add(choice);
        return this;
    }

    List<Field> fields() {
        return fields;
    }

    public Node node() {
        return pane;
    }
}
