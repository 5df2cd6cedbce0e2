package dev.patchbay.app.canvas;

import dev.patchbay.app.canvas.paint.Detail;
import dev.patchbay.app.canvas.paint.Emphasis;
import dev.patchbay.app.canvas.paint.Moment;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.model.Element;
import dev.patchbay.app.model.Selected;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Topology;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What stands out in the picture just now.
final class Attention {
    private final Motion motion = new Motion();
    private @Nullable Element hovered;
    private @Nullable Element focused;
    private Spotlight spotlight = Spotlight.OFF;
    private List<Change> pending = List.of();
    private Map<Element, Integer> traffic = Map.of();

    Motion motion() {
        return motion;
    }

    /// @return whether that is another one than before
    boolean hover(@Nullable Element element) {
        boolean other = element == null ? hovered != null : !element.equals(hovered);
        hovered = element;
        return other;
    }

    @Nullable
    Element focused() {
        return focused;
    }

    void focus(@Nullable Element element) {
        focused = element;
    }

    void light(Spotlight wanted) {
        spotlight = wanted;
    }

    void pending(List<Change> changes) {
        pending = List.copyOf(changes);
    }

    void traffic(Map<Element, Integer> levels) {
        traffic = Map.copyOf(levels);
    }

    /// From far, no cable is seen to come or go.
    void next(@Nullable SceneModel before, @Nullable SceneModel after, double scale) {
        if (before != null && after != null && Detail.at(scale) != Detail.FAR) {
            motion.between(before, after, System.nanoTime());
        }
    }

    /// @param active the picture has the keyboard focus
    Moment moment(Topology topology, Selected selected, boolean active, long now) {
        Emphasis emphasis = new Emphasis(
                Selection.elements(selected, topology), hovered, active ? focused : null, spotlight.on(topology));
        return new Moment(
                emphasis,
                Ghosts.of(pending, topology),
                traffic,
                motion.growing(now),
                motion.fading(now),
                motion.left(now));
    }
}
