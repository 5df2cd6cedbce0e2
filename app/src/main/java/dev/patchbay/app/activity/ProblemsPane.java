package dev.patchbay.app.activity;

import dev.patchbay.app.control.CopySupport;
import dev.patchbay.app.control.Nodes;
import dev.patchbay.app.text.Messages;
import dev.patchbay.app.text.ProblemText;
import dev.patchbay.engine.status.Problem;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The differences between kernel and records, with a button that repairs them.
public final class ProblemsPane {
    private final VBox box = new VBox();

    public ProblemsPane(ProblemsViewModel model) {
        ListView<Problem> list = new ListView<>(model.problems());
        list.setId("problems");
        list.getStyleClass().addAll("activity", "dense");
        Label verdict = new Label();
        verdict.setWrapText(true);
        model.summary().subscribe(verdict::setText);
        list.setPlaceholder(verdict);
        list.setCellFactory(_ -> new Cell());
        new CopySupport(() -> {
                    Problem problem = list.getSelectionModel().getSelectedItem();
                    return problem == null ? "" : (ProblemText.of(problem) + "\n" + lines(problem)).strip();
                })
                .installOn(list, Messages.of("problems.line"));
        list.getSelectionModel().selectedItemProperty().subscribe(problem -> {
            if (problem != null && list.isFocused()) {
                model.select(problem);
            }
        });
        VBox.setVgrow(list, Priority.ALWAYS);
        Label text = new Label();
        text.setWrapText(true);
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        Button repair = new Button(Messages.of("problems.repair"));
        repair.setId("repair");
        repair.getStyleClass().add("accent");
        repair.setMinWidth(Region.USE_PREF_SIZE);
        repair.setOnAction(_ -> model.repair());
        // A disabled button gets no mouse events and shows no tooltip, so its parent does.
        StackPane around = new StackPane(repair);
        Tooltip tooltip = new Tooltip();
        model.repairObstacle().subscribe(obstacle -> {
            repair.setDisable(!obstacle.isEmpty());
            repair.setAccessibleHelp(obstacle);
            tooltip.setText(obstacle);
            if (obstacle.isEmpty()) {
                Tooltip.uninstall(around, tooltip);
            } else {
                Tooltip.install(around, tooltip);
            }
        });
        HBox header = new HBox(10, text, around);
        header.setAlignment(Pos.CENTER_LEFT);
        header.getStyleClass().add("problems-header");
        Runnable show = () -> {
            text.setText(model.advice());
            Nodes.setShown(header, !model.problems().isEmpty());
        };
        model.problems().subscribe(show);
        show.run();
        box.getChildren().addAll(header, list);
    }

    public Node node() {
        return box;
    }

    private static String lines(Problem problem) {
        return problem.steps().stream().flatMap(step -> step.lines().stream()).collect(Collectors.joining("\n"));
    }

    private static final class Cell extends ListCell<Problem> {
        Cell() {
            // Keeps the row as wide as the list; longer texts are wrapped.
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable Problem found, boolean empty) {
            super.updateItem(found, empty);
            if (found == null || empty) {
                setGraphic(null);
                return;
            }
            Label name = new Label(ProblemText.of(found));
            name.setWrapText(true);
            Label lines = new Label(lines(found));
            lines.getStyleClass().addAll("mono", "activity-lines");
            lines.setManaged(!lines.getText().isEmpty());
            lines.setWrapText(true);
            name.getStyleClass().add("strong");
            VBox problem = new VBox(2, name, lines);
            problem.getStyleClass().add("problem");
            setGraphic(problem);
        }
    }
}
