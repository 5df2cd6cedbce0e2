package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.scene.PendingElement;
import dev.patchbay.app.canvas.scene.SceneModel.CableView;
import dev.patchbay.app.model.CanvasElement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The state of one frame that is not part of the scene.
///
/// @param pending the elements of pending changes
/// @param traffic level of traffic of each plug, 1 to 6; plugs without traffic are missing
/// @param growing the visible part of each new cable, 0 to 1
/// @param fading cables that were removed just now
/// @param fadeOpacity their opacity, 0 to 1
public record FrameState(
        HighlightedElements highlights,
        List<PendingElement> pending,
        Map<CanvasElement, Integer> traffic,
        Map<CanvasElement, Double> growing,
        List<CableView> fading,
        double fadeOpacity) {

    public FrameState {
        pending = List.copyOf(pending);
        traffic = Map.copyOf(traffic);
        growing = Map.copyOf(growing);
        fading = List.copyOf(fading);
    }

    /// With everything dimmed that does not accept the drag.
    public FrameState withTargets(@Nullable Set<CanvasElement> accepting) {
        return new FrameState(highlights.withTargets(accepting), pending, traffic, growing, fading, fadeOpacity);
    }

    /// A frame without pending changes and animations.
    public static FrameState idle(HighlightedElements highlights) {
        return new FrameState(highlights, List.of(), Map.of(), Map.of(), List.of(), 0);
    }
}
