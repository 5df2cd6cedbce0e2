package dev.patchbay.app.window;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.image.Image;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Circle;
import javafx.scene.shape.SVGPath;

/// Patchbay's logo: a jack with a cable in it.
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

    /// The icon of the window in the sizes that desktops use, drawn from `assets/icon.svg`.
    static List<Image> icons() {
        return Stream.of(16, 32, 48, 128, 256)
                .map(size -> "icon-" + size + ".png")
                .map(name -> new Image(Objects.requireNonNull(Logo.class.getResource(name), name)
                        .toExternalForm()))
                .toList();
    }
}
