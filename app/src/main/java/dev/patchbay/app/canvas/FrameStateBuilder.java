package dev.patchbay.app.canvas;

import dev.patchbay.app.canvas.paint.FrameState;
import dev.patchbay.app.canvas.paint.HighlightedElements;
import dev.patchbay.app.canvas.paint.LevelOfDetail;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.Selection;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Topology;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Collects everything that a frame shows beside its scene: the elements under the pointer and with
/// the keyboard focus, the spotlight, pending changes, traffic and animated cables.
final class FrameStateBuilder {
    private final CableAnimation animation = new CableAnimation();
    private @Nullable CanvasElement hovered;
    private @Nullable CanvasElement focused;
    private Spotlight spotlight = Spotlight.OFF;
    private List<Change> pending = List.of();
    private Map<CanvasElement, Integer> traffic = Map.of();

    CableAnimation animation() {
        return animation;
    }

    /// @return whether the hovered element has changed
    boolean setHovered(@Nullable CanvasElement element) {
        boolean other = element == null ? hovered != null : !element.equals(hovered);
        hovered = element;
        return other;
    }

    @Nullable
    CanvasElement focused() {
        return focused;
    }

    void setFocused(@Nullable CanvasElement element) {
        focused = element;
    }

    void setSpotlight(Spotlight wanted) {
        spotlight = wanted;
    }

    void setPending(List<Change> changes) {
        pending = List.copyOf(changes);
    }

    void setTraffic(Map<CanvasElement, Integer> levels) {
        traffic = Map.copyOf(levels);
    }

    /// Starts the cable animation, unless the canvas is zoomed out so far that no cables are drawn.
    void sceneChanged(@Nullable SceneModel before, @Nullable SceneModel after, double scale) {
        if (before != null && after != null && LevelOfDetail.forScale(scale) != LevelOfDetail.FAR) {
            animation.start(before, after, System.nanoTime());
        }
    }

    /// @param active whether the canvas has the keyboard focus
    FrameState frameState(Topology topology, Selection selected, boolean active, long now) {
        HighlightedElements highlights = new HighlightedElements(
                ElementSelection.elementsOf(selected, topology),
                hovered,
                active ? focused : null,
                spotlight.on(topology));
        return new FrameState(
                highlights,
                PendingElements.of(pending, topology),
                traffic,
                animation.growing(now),
                animation.fading(now),
                animation.fadeOpacity(now));
    }
}
