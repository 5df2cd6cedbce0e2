package dev.patchbay.app.window;

import dev.patchbay.app.text.Messages;
import dev.patchbay.app.viewmodel.ProblemsViewModel;
import dev.patchbay.engine.protocol.PlannedStep;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Where the kernel is not as the records say, and the one click that mends it.
final class ProblemsPane {
    private final VBox box = new VBox();

    ProblemsPane(ProblemsViewModel model) {
        ListView<PlannedStep> list = new ListView<>(model.missing());
        list.setId("problems");
        list.getStyleClass().addAll("activity", "dense");
        list.setPlaceholder(new Label(Messages.of("problems.none")));
        list.setCellFactory(_ -> new Cell());
        VBox.setVgrow(list, Priority.ALWAYS);
        Label text = new Label(Messages.of("problems.text"));
        text.setWrapText(true);
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        Button repair = new Button(Messages.of("problems.repair"));
        repair.setId("repair");
        repair.getStyleClass().add("accent");
        repair.setMinWidth(Region.USE_PREF_SIZE);
        repair.setOnAction(_ -> model.repair());
        HBox header = new HBox(10, text, repair);
        header.setAlignment(Pos.CENTER_LEFT);
        header.getStyleClass().add("rule-footer");
        model.missing().subscribe(() -> {
            header.setVisible(!model.missing().isEmpty());
            header.setManaged(!model.missing().isEmpty());
        });
        header.setVisible(!model.missing().isEmpty());
        header.setManaged(!model.missing().isEmpty());
        box.getChildren().addAll(header, list);
    }

    Node node() {
        return box;
    }

    private static final class Cell extends ListCell<PlannedStep> {
        @Override
        protected void updateItem(@Nullable PlannedStep step, boolean empty) {
            super.updateItem(step, empty);
            if (step == null || empty) {
                setGraphic(null);
                return;
            }
            Label name = new Label(step.name());
            Label lines = new Label(String.join("\n", step.lines()));
            lines.getStyleClass().addAll("mono", "activity-lines");
            lines.setManaged(!step.lines().isEmpty());
            name.getStyleClass().add("strong");
            VBox problem = new VBox(2, name, lines);
            problem.getStyleClass().add("problem");
            setGraphic(problem);
        }
    }
}
