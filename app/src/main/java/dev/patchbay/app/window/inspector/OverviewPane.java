package dev.patchbay.app.window.inspector;

import dev.patchbay.app.canvas.Selected;
import dev.patchbay.app.viewmodel.Overview;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.HPos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import org.jspecify.annotations.Nullable;

/// The facts of the selection, and the things it is joined to, each a click away.
final class OverviewPane {
    private final VBox content = new VBox(14);
    private final ScrollPane scroll = new ScrollPane(content);
    private final ObjectProperty<Selected> selected;

    OverviewPane(ObjectProperty<Selected> selected) {
        this.selected = selected;
        content.getStyleClass().add("inspector-body");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("plain-scroll");
    }

    Node node() {
        return scroll;
    }

    void show(@Nullable Overview overview) {
        content.getChildren().clear();
        if (overview == null) {
            return;
        }
        content.getChildren().add(facts(overview));
        for (Overview.Section section : overview.sections()) {
            content.getChildren().add(section(section));
        }
    }

    private static Node facts(Overview overview) {
        GridPane grid = new GridPane(12, 7);
        grid.getColumnConstraints().addAll(column(96, false), column(Double.MAX_VALUE, true));
        int row = 0;
        for (Overview.Fact fact : overview.facts()) {
            Label label = new Label(fact.label());
            label.getStyleClass().add("muted");
            Label value = new Label(fact.value());
            value.setWrapText(true);
            value.setAccessibleText(fact.label() + ": " + fact.value());
            if (fact.mono()) {
                value.getStyleClass().add("mono");
            }
            GridPane.setValignment(label, VPos.TOP);
            grid.addRow(row++, label, value);
        }
        return grid;
    }

    private Node section(Overview.Section section) {
        Label heading = new Label(section.title());
        heading.getStyleClass().add("section");
        VBox box = new VBox(5, heading);
        if (section.rows().isEmpty()) {
            Label none = new Label(section.whenEmpty());
            none.getStyleClass().add("muted");
            none.setWrapText(true);
            box.getChildren().add(none);
            return box;
        }
        GridPane grid = new GridPane(8, 5);
        ColumnConstraints end = column(Double.MAX_VALUE, true);
        end.setHalignment(HPos.RIGHT);
        ColumnConstraints name = new ColumnConstraints(80, Region.USE_COMPUTED_SIZE, 140);
        ColumnConstraints middleColumn = new ColumnConstraints(86, Region.USE_COMPUTED_SIZE, 150);
        grid.getColumnConstraints().addAll(column(8, false), name, middleColumn, end);
        int row = 0;
        for (Overview.Row entry : section.rows()) {
            Circle dot = new Circle(4);
            dot.getStyleClass().addAll("state-dot", state(entry.state()));
            Hyperlink link = new Hyperlink(entry.name());
            link.getStyleClass().add("quiet-link");
            link.setOnAction(_ -> selected.set(entry.target()));
            link.setAccessibleText(entry.name() + " " + entry.middle() + " " + entry.end());
            Label middle = new Label(entry.middle());
            middle.getStyleClass().add("mono");
            Label last = new Label(entry.end());
            last.getStyleClass().addAll("mono", "muted", "small-text");
            grid.addRow(row++, dot, link, middle, last);
        }
        box.getChildren().add(grid);
        return box;
    }

    private static String state(Overview.State state) {
        return switch (state) {
            case GOOD -> "good";
            case IDLE -> "idle";
            case WARNING -> "warning";
        };
    }

    private static ColumnConstraints column(double width, boolean grow) {
        ColumnConstraints column = new ColumnConstraints();
        if (grow) {
            column.setHgrow(Priority.ALWAYS);
            column.setMinWidth(0);
        } else {
            column.setMinWidth(width);
            column.setPrefWidth(width);
            column.setMaxWidth(width);
        }
        return column;
    }
}
