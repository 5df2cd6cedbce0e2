package dev.patchbay.app.canvas.drag;

import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.model.CanvasElement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A drag under way.
///
/// @param start where it began, in the scene
/// @param position where it is now
/// @param action what letting go here would do; null for nothing
/// @param reason nothing would happen, in one sentence; empty when something would
/// @param targets what could take it, with all that stays bright beside it; null when nothing is dimmed
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
