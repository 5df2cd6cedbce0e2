package dev.patchbay.app.activity;

import dev.patchbay.app.control.CopySupport;
import dev.patchbay.app.text.DisplayFormat;
import dev.patchbay.app.text.Messages;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Actions and failures, newest first. Enter, or a click on the number of steps, shows the command lines
/// that ran.
public final class ActivityPane {
    private final ListView<ActivityRow> list = new ListView<>();
    private final UndoViewModel undo;
    private final Supplier<Button> undoButton;
    private final Set<RowKey> expanded = new HashSet<>();

    /// Identifies a row; its other values may change.
    private record RowKey(long number, Instant at) {
        static RowKey of(ActivityRow row) {
            return new RowKey(row.number(), row.at());
        }
    }

    /// @param undoButton makes the button for the row that undo would revert
    public ActivityPane(ActivityViewModel model, UndoViewModel undo, Supplier<Button> undoButton) {
        this.undo = undo;
        this.undoButton = undoButton;
        undo.undoable().subscribe(list::refresh);
        list.setId("activity");
        list.setItems(model.rows());
        model.rows()
                .subscribe(() ->
                        expanded.retainAll(model.rows().stream().map(RowKey::of).toList()));
        list.getStyleClass().addAll("activity", "dense");
        list.setPlaceholder(new Label(Messages.of("activity.empty")));
        list.setCellFactory(_ -> new Cell());
        new CopySupport(this::selectedText).installOn(list, Messages.of("activity.line"));
        list.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            ActivityRow row = list.getSelectionModel().getSelectedItem();
            if (event.getCode() == KeyCode.ENTER && row != null) {
                toggle(row);
                event.consume();
            }
        });
    }

    public Node node() {
        return list;
    }

    /// The text to copy. For a failure it is the cause, which people search for.
    private String selectedText() {
        ActivityRow row = list.getSelectionModel().getSelectedItem();
        if (row == null) {
            return "";
        }
        return row.detail().isEmpty() ? row.title() : row.detail();
    }

    private void toggle(ActivityRow row) {
        if (!expanded.remove(RowKey.of(row))) {
            expanded.add(RowKey.of(row));
        }
        list.refresh();
    }

    private static String kindText(ActivityRow.Kind kind) {
        return switch (kind) {
            case DONE -> "";
            case UNDONE -> Messages.of("activity.undone");
            case REDONE -> Messages.of("activity.redone");
            case OBSERVED -> Messages.of("activity.observed");
            case FAILED -> Messages.of("activity.failed");
        };
    }

    private final class Cell extends ListCell<ActivityRow> {
        Cell() {
            // Keeps the row as wide as the list; longer texts are wrapped.
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable ActivityRow row, boolean empty) {
            super.updateItem(row, empty);
            setGraphic(row == null || empty ? null : content(row));
            setAccessibleText(
                    row == null ? null : DisplayFormat.time(row.at()) + " " + row.title() + " " + row.detail());
        }

        private Node content(ActivityRow row) {
            Label time = label(DisplayFormat.time(row.at()), "muted");
            time.setMinWidth(64);
            Label title = label(row.title(), "activity-title");
            HBox line = new HBox(10, time, title);
            if (row.kind() != ActivityRow.Kind.DONE) {
                Label kind = new Label(kindText(row.kind()));
                kind.getStyleClass().addAll("badge", row.kind() == ActivityRow.Kind.FAILED ? "bad" : "quiet");
                kind.setMinWidth(Region.USE_PREF_SIZE);
                line.getChildren().add(1, kind);
            }
            Region gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            line.getChildren().add(gap);
            if (row.newest() && undo.takesBack(row.number())) {
                line.getChildren().add(flat(undoButton.get()));
            }
            if (!row.steps().isEmpty()) {
                Button steps =
                        new Button(Messages.count("activity.steps", row.steps().size()));
                steps.setOnAction(_ -> toggle(row));
                line.getChildren().add(flat(steps));
            }
            Label duration = label(row.duration(), "muted");
            duration.setMinWidth(56);
            duration.setAlignment(Pos.CENTER_RIGHT);
            line.getChildren().add(duration);
            line.setAlignment(Pos.CENTER_LEFT);
            VBox box = new VBox(2, line);
            if (!row.detail().isEmpty()) {
                Label detail = new Label(row.detail());
                detail.setWrapText(true);
                detail.getStyleClass().add("activity-detail");
                box.getChildren().add(detail);
            }
            if (expanded.contains(RowKey.of(row))) {
                Label lines = label(DisplayFormat.steps(row.steps()), "activity-lines");
                lines.setWrapText(true);
                box.getChildren().add(lines);
            }
            return box;
        }

        private Label label(String text, String style) {
            Label label = new Label(text);
            label.getStyleClass().addAll("mono", style);
            return label;
        }

        private Button flat(Button button) {
            button.getStyleClass().addAll("flat", "small", "accent");
            button.setMinWidth(Region.USE_PREF_SIZE);
            return button;
        }
    }
}
