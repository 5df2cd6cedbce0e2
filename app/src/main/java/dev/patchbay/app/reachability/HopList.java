package dev.patchbay.app.reachability;

import dev.patchbay.app.control.LabelPair;
import dev.patchbay.app.control.Nodes;
import dev.patchbay.app.text.MessageText;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.reachability.Hop;
import dev.patchbay.core.reachability.Hop.Evidence;
import dev.patchbay.core.reachability.Hop.Status;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.Shape;

/// The path of a packet as a list: a dot for each hop, what happens there, and the detail at the right.
/// The shape of the dot shows the evidence; a cross or a question mark shows that the hop is blocked or
/// unknown.
public final class HopList {
    private static final double RADIUS = 4;
    /// Height of the first text line, which the dot is aligned to.
    private static final double LINE = 17;

    private final VBox box = new VBox();

    public HopList(String id) {
        box.setId(id);
        box.getStyleClass().add("hops");
    }

    public Node node() {
        return box;
    }

    public void show(List<Hop> hops) {
        box.getChildren().setAll(hops.stream().map(HopList::row).toList());
        Nodes.setShown(box, !hops.isEmpty());
    }

    private static Node row(Hop hop) {
        Label title = new Label(MessageText.of(hop.title()));
        title.getStyleClass().addAll("mono", "hop-title");
        Label detail = new Label(MessageText.of(hop.detail()));
        detail.getStyleClass().addAll("muted", "small-text");
        LabelPair words = new LabelPair(title, detail);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox line = new HBox(8, dot(hop.status(), hop.evidence()), words);
        VBox row = new VBox(2, line);
        if (hop.status() != Status.OK && !hop.sentence().isEmpty()) {
            Label sentence = new Label(MessageText.of(hop.sentence()));
            sentence.setWrapText(true);
            sentence.getStyleClass().addAll("hop-sentence", style(hop.status()));
            sentence.setMinHeight(Region.USE_PREF_SIZE);
            row.getChildren().add(sentence);
        }
        row.getStyleClass().addAll("hop", style(hop.status()));
        Tooltip.install(row, new Tooltip(tooltipText(hop)));
        row.setFocusTraversable(true);
        row.setOnMousePressed(_ -> row.requestFocus());
        row.setAccessibleRole(AccessibleRole.TEXT);
        row.setAccessibleText(String.join(
                ", ",
                nameOf(hop.status()),
                nameOf(hop.evidence()),
                MessageText.of(hop.title()),
                MessageText.of(hop.detail()),
                MessageText.of(hop.sentence())));
        return row;
    }

    private static String tooltipText(Hop hop) {
        return Stream.of(hop.title(), hop.detail(), hop.sentence())
                .filter(message -> !message.isEmpty())
                .map(MessageText::of)
                .collect(Collectors.joining("\n"));
    }

    /// Also used by the legend.
    static Node dot(Status mark, Evidence evidence) {
        StackPane pane = new StackPane();
        pane.setMinSize(14, LINE);
        pane.setPrefSize(14, LINE);
        pane.setMaxSize(14, LINE);
        switch (mark) {
            case FAILS -> pane.getChildren().addAll(stroke(1), stroke(-1));
            case UNKNOWN -> {
                Label asking = new Label("?");
                asking.getStyleClass().addAll("hop-unknown", "strong");
                pane.getChildren().add(asking);
            }
            case OK -> {
                switch (evidence) {
                    case DERIVED -> pane.getChildren().add(styled(new Circle(RADIUS)));
                    case OBSERVED -> {
                        Circle ring = new Circle(RADIUS + 2);
                        ring.getStyleClass().add("hop-ring");
                        pane.getChildren().addAll(ring, styled(new Circle(RADIUS - 1)));
                    }
                    case PROBED -> {
                        Rectangle diamond = new Rectangle(2 * RADIUS, 2 * RADIUS);
                        diamond.setRotate(45);
                        pane.getChildren().add(styled(diamond));
                    }
                }
            }
        }
        return pane;
    }

    private static Shape styled(Shape shape) {
        shape.getStyleClass().addAll("state-dot", "good");
        return shape;
    }

    private static Line stroke(int slope) {
        Line line = new Line(-RADIUS, -RADIUS * slope, RADIUS, RADIUS * slope);
        line.getStyleClass().add("hop-cross");
        return line;
    }

    static String style(Status mark) {
        return switch (mark) {
            case OK -> "good";
            case FAILS -> "bad";
            case UNKNOWN -> "warning";
        };
    }

    private static String nameOf(Status mark) {
        return switch (mark) {
            case OK -> Messages.of("hop.ok");
            case FAILS -> Messages.of("hop.fails");
            case UNKNOWN -> Messages.of("hop.unknown");
        };
    }

    static String nameOf(Evidence evidence) {
        return switch (evidence) {
            case DERIVED -> Messages.of("hop.derived");
            case PROBED -> Messages.of("hop.probed");
            case OBSERVED -> Messages.of("hop.observed");
        };
    }
}
