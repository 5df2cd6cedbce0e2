package dev.patchbay.app.canvas;

import dev.patchbay.app.canvas.paint.Emphasis;
import dev.patchbay.app.canvas.paint.FrameState;
import dev.patchbay.app.canvas.paint.LevelOfDetail;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.Selection;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Topology;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What stands out in the picture just now.
final class Highlight {
    private final CableAnimation motion = new CableAnimation();
    private @Nullable CanvasElement hovered;
    private @Nullable CanvasElement focused;
    private Spotlight spotlight = Spotlight.OFF;
    private List<Change> pending = List.of();
    private Map<CanvasElement, Integer> traffic = Map.of();

    CableAnimation motion() {
        return motion;
    }

    /// @return whether that is another one than before
    boolean hover(@Nullable CanvasElement element) {
        boolean other = element == null ? hovered != null : !element.equals(hovered);
        hovered = element;
        return other;
    }

    @Nullable
    CanvasElement focused() {
        return focused;
    }

    void focus(@Nullable CanvasElement element) {
        focused = element;
    }

    void light(Spotlight wanted) {
        spotlight = wanted;
    }

    void pending(List<Change> changes) {
        pending = List.copyOf(changes);
    }

    void traffic(Map<CanvasElement, Integer> levels) {
        traffic = Map.copyOf(levels);
    }

    /// From far, no cable is seen to come or go.
    void next(@Nullable SceneModel before, @Nullable SceneModel after, double scale) {
        if (before != null && after != null && LevelOfDetail.at(scale) != LevelOfDetail.FAR) {
            motion.between(before, after, System.nanoTime());
        }
    }

    /// @param active the picture has the keyboard focus
    FrameState moment(Topology topology, Selection selected, boolean active, long now) {
        Emphasis emphasis = new Emphasis(
                ElementSelection.elements(selected, topology),
                hovered,
                active ? focused : null,
                spotlight.on(topology));
        return new FrameState(
                emphasis,
                PendingElements.of(pending, topology),
                traffic,
                motion.growing(now),
                motion.fading(now),
                motion.left(now));
    }
}
