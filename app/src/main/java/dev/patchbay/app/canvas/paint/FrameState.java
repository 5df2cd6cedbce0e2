package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.scene.PendingElement;
import dev.patchbay.app.canvas.scene.SceneModel.CableView;
import dev.patchbay.app.model.CanvasElement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is so just now and goes by, over a scene that stays.
///
/// @param pending what is under way
/// @param traffic how much goes through each plug, 1 to 6; none where there is none
/// @param growing cables that have just come, and how far they reach, 0 to 1
/// @param fading cables that have just gone
/// @param fadeOpacity how much of those is still to be seen, 0 to 1
public record FrameState(
        Emphasis emphasis,
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

    /// With what cannot take a drag stepping back.
    public FrameState withTargets(@Nullable Set<CanvasElement> accepting) {
        return new FrameState(emphasis.withTargets(accepting), pending, traffic, growing, fading, fadeOpacity);
    }

    /// Nothing is under way and nothing moves.
    public static FrameState idle(Emphasis emphasis) {
        return new FrameState(emphasis, List.of(), Map.of(), Map.of(), List.of(), 0);
    }
}
