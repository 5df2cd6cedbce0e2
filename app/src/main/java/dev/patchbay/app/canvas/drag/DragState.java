package dev.patchbay.app.canvas.drag;

import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.model.CanvasElement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A drag under way.
///
/// @param from where it began, in the scene
/// @param at where it is now
/// @param intent what letting go here would do; null for nothing
/// @param why nothing would happen, in one sentence; empty when something would
/// @param accepting what could take it, with all that stays bright beside it; null when nothing is dimmed
public record DragState(
        DragSource source,
        Point start,
        Point position,
        @Nullable DropAction action,
        String reason,
        @Nullable Set<CanvasElement> targets) {
    public DragState {
        targets = targets == null ? null : Set.copyOf(targets);
    }
}
