package dev.patchbay.app.window;

import javafx.scene.Node;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.Image;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;
import javafx.scene.shape.Circle;
import javafx.scene.shape.SVGPath;
import javafx.scene.transform.Transform;

/// Patchbay's mark: a jack with a cable in it.
final class Logo {
    private static final double WIDTH = 40;
    private static final double HEIGHT = 24;

    private Logo() {}

    static Node node() {
        Circle jack = new Circle(10, 11, 9);
        jack.getStyleClass().add("logo-jack");
        Circle hole = new Circle(10, 11, 4);
        hole.getStyleClass().add("logo-hole");
        SVGPath cable = new SVGPath();
        cable.setContent("M19 11 C30 11 26 20.5 38 20.5");
        cable.getStyleClass().add("logo-cable");
        Pane pane = new Pane(cable, jack, hole);
        pane.setMinSize(WIDTH, HEIGHT);
        pane.setMaxSize(WIDTH, HEIGHT);
        return pane;
    }

    /// The mark as the window's icon; it must be in a scene already, for its colours.
    static Image icon(Node node, double size) {
        SnapshotParameters parameters = new SnapshotParameters();
        parameters.setFill(Color.TRANSPARENT);
        parameters.setTransform(Transform.scale(size / WIDTH, size / WIDTH));
        return node.snapshot(parameters, null);
    }
}
