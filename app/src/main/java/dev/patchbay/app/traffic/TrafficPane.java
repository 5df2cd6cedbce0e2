package dev.patchbay.app.traffic;

import dev.patchbay.app.control.Nodes;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.text.DisplayFormat;
import dev.patchbay.app.text.Messages;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.controlsfx.control.SegmentedButton;

/// The bytes that the selected object received and sent over a minute, ten minutes or an hour, and the
/// parts of that traffic.
public final class TrafficPane {
    private static final double CHART_HEIGHT = 190;

    private final TrafficViewModel model;
    private final TrafficChart chart = new TrafficChart(true);
    private final Label now = new Label();
    private final VBox box = new VBox(10);
    private final ScrollPane scroll = new ScrollPane(box);

    public TrafficPane(TrafficViewModel model, ObjectProperty<Selection> selected, Runnable exportCsv) {
        this.model = model;
        now.getStyleClass().addAll("mono", "strong");
        now.setId("trafficNow");
        Label heading = new Label(Messages.of("traffic.parts"));
        heading.getStyleClass().add("section");
        heading.visibleProperty().bind(model.parts().map(list -> !list.isEmpty()));
        TrafficPartList parts = new TrafficPartList(selected);
        box.getChildren().addAll(controls(exportCsv), now, chart.node(CHART_HEIGHT), heading, parts.node());
        box.getStyleClass().add("inspector-body");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("plain-scroll");
        model.points().subscribe(this::show);
        model.unknown().subscribe(_ -> show(model.points().get()));
        model.parts().subscribe(parts::show);
    }

    public Node node() {
        return scroll;
    }

    public void setTheme(Theme theme) {
        chart.setTheme(theme);
    }

    private Node controls(Runnable exportCsv) {
        SegmentedButton spans = Nodes.segments(
                span("trafficMinute", Messages.of("traffic.minute"), TrafficSpan.MINUTE),
                span("trafficTen", Messages.of("traffic.tenMinutes"), TrafficSpan.TEN_MINUTES),
                span("trafficHour", Messages.of("traffic.hour"), TrafficSpan.HOUR));
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        ToggleButton pause = new ToggleButton(Messages.of("traffic.pause"));
        pause.setId("trafficPause");
        pause.getStyleClass().add("small");
        pause.setMinWidth(Region.USE_PREF_SIZE);
        pause.selectedProperty().bindBidirectional(model.paused());
        Button csv = new Button(Messages.of("traffic.csv"));
        csv.setId("trafficCsv");
        csv.getStyleClass().add("small");
        csv.setMinWidth(Region.USE_PREF_SIZE);
        csv.setOnAction(_ -> exportCsv.run());
        HBox row = new HBox(6, spans, gap, pause, csv);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private ToggleButton span(String id, String text, TrafficSpan span) {
        ToggleButton button = new ToggleButton(text);
        button.setId(id);
        button.getStyleClass().add("small");
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setSelected(model.span().get() == span);
        button.setOnAction(_ -> model.span().set(span));
        return button;
    }

    private void show(List<TrafficPoint> points) {
        chart.show(points, model.span().get());
        now.setText(model.unknown().get() ? Messages.of("traffic.unknown") : rateText(points));
    }

    /// The newest rates as text.
    static String rateText(List<TrafficPoint> points) {
        return points.isEmpty()
                ? Messages.of("traffic.none")
                : Messages.of(
                        "traffic.now",
                        DisplayFormat.byteRate(points.getLast().received()),
                        DisplayFormat.byteRate(points.getLast().sent()));
    }
}
