package dev.patchbay.app.traffic;

import dev.patchbay.app.style.Theme;
import dev.patchbay.app.text.Messages;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// A small chart of the last minute.
public final class TrafficSummary {
    private static final double HEIGHT = 92;

    private final TrafficChart chart = new TrafficChart(false);
    private final Label now = new Label();
    private final StackPane frame;
    private final VBox box = new VBox(6);
    private final TrafficViewModel model;

    public TrafficSummary(TrafficViewModel model) {
        this.model = model;
        Label heading = new Label(Messages.of("traffic.title"));
        heading.getStyleClass().add("section");
        Label span = new Label(Messages.of("traffic.lastMinute"));
        span.getStyleClass().addAll("muted", "small-text");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        now.getStyleClass().add("mono");
        now.setId("overviewTraffic");
        HBox head = new HBox(4, heading, span, gap, now);
        head.setAlignment(Pos.BASELINE_LEFT);
        frame = new StackPane(chart.node(HEIGHT));
        frame.getStyleClass().add("chart-frame");
        box.getChildren().addAll(head, frame);
        model.lastMinute().subscribe(this::show);
        model.unknown().subscribe(_ -> show(model.lastMinute().get()));
    }

    public Node node() {
        return box;
    }

    public void setTheme(Theme theme) {
        chart.setTheme(theme);
    }

    private void show(List<TrafficPoint> points) {
        chart.show(points, TrafficSpan.MINUTE);
        boolean unknown = model.unknown().get();
        now.setText(unknown ? Messages.of("traffic.unknownPart") : TrafficPane.rateText(points));
        frame.setVisible(!unknown);
        frame.setManaged(!unknown);
        box.setVisible(unknown || model.measurable());
        box.setManaged(box.isVisible());
    }
}
