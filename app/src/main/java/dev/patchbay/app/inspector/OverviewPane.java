package dev.patchbay.app.inspector;

import dev.patchbay.app.control.Nodes;
import dev.patchbay.app.model.SafeText;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.reachability.HopList;
import dev.patchbay.app.reachability.PublishedPathViewModel;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.text.Messages;
import dev.patchbay.app.traffic.TrafficSummary;
import dev.patchbay.app.traffic.TrafficViewModel;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.HPos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.RowConstraints;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import org.jspecify.annotations.Nullable;

/// Shows the overview: the facts of the selected object, and links to related objects.
public final class OverviewPane {
    /// Each row has four controls, so a thousand published ports would be more nodes than the rest of
    /// the window.
    private static final int MAX_ROWS = 60;
    private static final int LONG_NAME = 10;
    /// Line height in pixels, equal for both fonts.
    private static final double LINE = 17;

    private final VBox details = new VBox(14);
    private final VBox content = new VBox(14);
    private final TrafficSummary traffic;
    private final ScrollPane scroll = new ScrollPane(content);
    private final ObjectProperty<Selection> selected;
    private @Nullable Overview shown;

    public OverviewPane(
            ObjectProperty<Selection> selected,
            InspectorViewModel inspector,
            TrafficViewModel trafficModel,
            PublishedPathViewModel publishedPath,
            Runnable exportJson,
            Runnable copyCommand) {
        this.selected = selected;
        traffic = new TrafficSummary(trafficModel);
        content.getChildren()
                .addAll(
                        details,
                        traffic.node(),
                        buttons(inspector, exportJson, copyCommand),
                        reachability(publishedPath));
        content.getStyleClass().add("inspector-body");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("plain-scroll");
    }

    public Node node() {
        return scroll;
    }

    public void setTheme(Theme theme) {
        traffic.setTheme(theme);
    }

    /// The path of packets from outside to the published port.
    private static Node reachability(PublishedPathViewModel publishedPath) {
        Label heading = new Label(Messages.of("overview.reachability"));
        heading.getStyleClass().add("section");
        HopList hops = new HopList("glance");
        VBox box = new VBox(5, heading, hops.node());
        publishedPath.hops().subscribe(list -> {
            hops.show(list);
            Nodes.setShown(box, !list.isEmpty());
        });
        return box;
    }

    private static Node buttons(InspectorViewModel inspector, Runnable exportJson, Runnable copyCommand) {
        Button export = new Button(Messages.of("overview.export"));
        export.setId("overviewExport");
        export.setOnAction(_ -> exportJson.run());
        Button copy = new Button(Messages.of("overview.copyCommand"));
        copy.setId("overviewCopy");
        copy.setOnAction(_ -> copyCommand.run());
        HBox row = new HBox(10, export, copy);
        for (Button button : List.of(export, copy)) {
            HBox.setHgrow(button, Priority.ALWAYS);
            button.setMaxWidth(Double.MAX_VALUE);
            button.setPrefWidth(10);
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.getStyleClass().add("wide");
        }
        row.visibleProperty().bind(inspector.overview().map(_ -> inspector.inspectable()));
        row.managedProperty().bind(row.visibleProperty());
        return row;
    }

    public void show(@Nullable Overview overview) {
        if (Objects.equals(overview, shown)) {
            return;
        }
        shown = overview;
        details.getChildren().clear();
        if (overview == null) {
            return;
        }
        details.getChildren().add(facts(overview));
        for (Overview.Section section : overview.sections()) {
            details.getChildren().add(section(section));
        }
    }

    private static Node facts(Overview overview) {
        GridPane grid = new GridPane(12, 6);
        grid.getColumnConstraints().addAll(column(96, false), column(Double.MAX_VALUE, true));
        int row = 0;
        for (Overview.Fact fact : overview.facts()) {
            Label label = new Label(fact.label());
            label.getStyleClass().add("muted");
            Label value = new Label(escapeLines(fact.value()));
            value.setWrapText(true);
            value.setAccessibleText(fact.label() + ": " + fact.value());
            if (fact.mono()) {
                value.getStyleClass().add("mono");
            }
            grid.getRowConstraints().add(line());
            grid.addRow(row++, label, value);
        }
        return grid;
    }

    private Node section(Overview.Section section) {
        Label heading = new Label(section.title());
        heading.getStyleClass().add("section");
        VBox box = new VBox(5, heading);
        if (section.rows().isEmpty()) {
            Label none = new Label(section.emptyText());
            none.getStyleClass().add("muted");
            none.setWrapText(true);
            box.getChildren().add(none);
            return box;
        }
        GridPane grid = new GridPane(8, 5);
        ColumnConstraints end = column(Double.MAX_VALUE, true);
        end.setMinWidth(Region.USE_PREF_SIZE);
        end.setHalignment(HPos.RIGHT);
        // Aligned with the facts above. This column shrinks first; a shortened name keeps its end.
        ColumnConstraints name = new ColumnConstraints(84, Region.USE_COMPUTED_SIZE, 140);
        name.setHgrow(Priority.SOMETIMES);
        ColumnConstraints middleColumn = new ColumnConstraints(Region.USE_PREF_SIZE, Region.USE_COMPUTED_SIZE, 150);
        grid.getColumnConstraints().addAll(column(8, false), name, middleColumn, end);
        int row = 0;
        for (Overview.Row entry : section.rows().stream().limit(MAX_ROWS).toList()) {
            Circle dot = new Circle(4);
            dot.getStyleClass().addAll("state-dot", state(entry.state()));
            String shown = escapeLines(entry.name());
            Hyperlink link = new Hyperlink(shown);
            link.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
            link.setTooltip(shown.length() > LONG_NAME ? new Tooltip(shown) : null);
            link.getStyleClass().add("quiet-link");
            link.setOnAction(_ -> selected.set(entry.target()));
            link.setAccessibleText(entry.name() + " " + entry.middle() + " " + entry.end());
            Label middle = new Label(entry.middle());
            middle.getStyleClass().add("mono");
            Label last = new Label(entry.end());
            last.getStyleClass().addAll("mono", "muted", "small-text");
            grid.addRow(row++, dot, link, middle, last);
            if (!entry.below().isEmpty()) {
                Label below = new Label(entry.below());
                below.getStyleClass().addAll("mono", "muted", "small-text");
                grid.add(below, 1, row++, 3, 1);
            }
        }
        box.getChildren().add(grid);
        int more = section.rows().size() - MAX_ROWS;
        if (more > 0) {
            Label rest = new Label(Messages.of("picture.more", more));
            rest.getStyleClass().add("muted");
            box.getChildren().add(rest);
        }
        return box;
    }

    /// Aligned to the top, so that a value of several lines starts beside its label.
    private static RowConstraints line() {
        RowConstraints line = new RowConstraints();
        line.setMinHeight(LINE);
        line.setValignment(VPos.TOP);
        return line;
    }

    /// Keeps line breaks, since a fact may have several lines.
    private static String escapeLines(String text) {
        return text.lines().map(SafeText::escape).collect(Collectors.joining("\n"));
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
