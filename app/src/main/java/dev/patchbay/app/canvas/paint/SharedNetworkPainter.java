package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.SceneModel.SharedNetworkView;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.style.Face;
import javafx.scene.paint.Color;

/// Containers that share another one's network: a line below the cards, and words at the card.
final class SharedNetworkPainter {
    private static final double SIZE = 11;
    /// Room for the mark of a problem at the corner of the card.
    private static final double MARK_WIDTH = 24;

    private SharedNetworkPainter() {}

    static void paintLinks(DrawingSurface surface, SceneModel scene) {
        if (surface.detail() == LevelOfDetail.FAR) {
            return;
        }
        for (SharedNetworkView shared : scene.sharedNetworks()) {
            SharedNetworkView.Link link = shared.link();
            if (link != null && surface.isVisible(link.route())) {
                surface.dimUnlessHighlighted(new CanvasElement.Card(shared.container()));
                double[] dashes = shared.cutOff() ? new double[] {4, 4} : new double[0];
                surface.cable(link.route(), 3, 0, colour(surface, shared), null, dashes);
            }
        }
        surface.setOpacity(1);
    }

    static void paintWords(DrawingSurface surface, SceneModel scene) {
        if (surface.detail() != LevelOfDetail.NEAR) {
            return;
        }
        for (SharedNetworkView shared : scene.sharedNetworks()) {
            Rect words = shared.words();
            if (surface.isVisible(words)) {
                surface.dimUnlessHighlighted(new CanvasElement.Card(shared.container()));
                surface.text(
                        shared.text(),
                        Face.TEXT,
                        SIZE,
                        colour(surface, shared),
                        words.x() + 2,
                        words.centreY() + SIZE * 0.365,
                        words.width() - MARK_WIDTH);
            }
        }
        surface.setOpacity(1);
    }

    private static Color colour(DrawingSurface surface, SharedNetworkView shared) {
        return shared.cutOff() ? surface.colour("bad") : surface.tint(shared.tint());
    }
}
