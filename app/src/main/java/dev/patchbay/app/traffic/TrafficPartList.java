package dev.patchbay.app.traffic;

import dev.patchbay.app.model.Selection;
import dev.patchbay.app.text.DisplayFormat;
import dev.patchbay.app.text.Messages;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.HPos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// The parts of a traffic, each with its rates and a link. While the parts are the same only the numbers
/// are updated, so that the focus stays.
final class TrafficPartList {
    /// A longer list of rates would not be read.
    private static final int MAX_ROWS = 60;

    private final GridPane grid = new GridPane(12, 6);
    private final ObjectProperty<Selection> selected;
    private final List<Label> incoming = new ArrayList<>();
    private final List<Label> outgoing = new ArrayList<>();
    private List<RowShape> shapes = List.of();

    /// The shape of a row, without its numbers.
    private record RowShape(Selection target, boolean twoNumbers) {
        static RowShape of(TrafficPart part) {
            return new RowShape(part.target(), part.rate() instanceof TrafficPart.Rate.Bytes);
        }
    }

    TrafficPartList(ObjectProperty<Selection> selected) {
        this.selected = selected;
        ColumnConstraints name = new ColumnConstraints();
        name.setHgrow(Priority.ALWAYS);
        name.setMinWidth(60);
        ColumnConstraints number = new ColumnConstraints();
        number.setHalignment(HPos.RIGHT);
        number.setMinWidth(Region.USE_PREF_SIZE);
        grid.getColumnConstraints().addAll(name, number, number);
        grid.setId("trafficParts");
    }

    Node node() {
        return grid;
    }

    void show(List<TrafficPart> parts) {
        List<TrafficPart> shown = parts.subList(0, Math.min(parts.size(), MAX_ROWS));
        List<RowShape> now = shown.stream().map(RowShape::of).toList();
        if (!now.equals(shapes)) {
            rebuild(shown, parts.size() - shown.size());
            shapes = now;
        }
        for (int i = 0; i < shown.size(); i++) {
            switch (shown.get(i).rate()) {
                case TrafficPart.Rate.Bytes(var received, var sent) -> {
                    incoming.get(i).setText(Messages.of("traffic.in", DisplayFormat.byteRate(received)));
                    outgoing.get(i).setText(Messages.of("traffic.out", DisplayFormat.byteRate(sent)));
                }
                case TrafficPart.Rate.Connections(var opened) ->
                    incoming.get(i).setText(Messages.of("traffic.connections", DisplayFormat.rate(opened)));
                case TrafficPart.Rate.Unknown _ -> incoming.get(i).setText(Messages.of("traffic.unknownPart"));
            }
        }
    }

    private void rebuild(List<TrafficPart> shown, int more) {
        grid.getChildren().clear();
        incoming.clear();
        outgoing.clear();
        int row = 0;
        for (TrafficPart part : shown) {
            Hyperlink link = new Hyperlink(part.name());
            link.getStyleClass().addAll("quiet-link", "mono");
            link.setOnAction(_ -> selected.set(part.target()));
            incoming.add(number());
            outgoing.add(number());
            grid.add(link, 0, row);
            switch (part.rate()) {
                case TrafficPart.Rate.Bytes _ -> {
                    grid.add(incoming.getLast(), 1, row);
                    grid.add(outgoing.getLast(), 2, row);
                }
                case TrafficPart.Rate.Connections _, TrafficPart.Rate.Unknown _ ->
                    grid.add(incoming.getLast(), 1, row, 2, 1);
            }
            row++;
        }
        if (more > 0) {
            Label rest = number();
            rest.setText(Messages.count("traffic.more", more));
            grid.add(rest, 0, row, 3, 1);
        }
    }

    private static Label number() {
        Label label = new Label();
        label.getStyleClass().addAll("mono", "muted", "small-text");
        return label;
    }
}
