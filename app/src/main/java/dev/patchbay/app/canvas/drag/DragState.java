package dev.patchbay.app.canvas.drag;

import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.model.CanvasElement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The state of a drag.
///
/// @param start the start point in the scene
/// @param position the current point in the scene
/// @param action what a drop here would do; null for nothing
/// @param reason why a drop here would do nothing, in one sentence; empty when it would do something
/// @param targets elements that accept a drop, and others that stay bright with them; null when nothing
///     is dimmed
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
