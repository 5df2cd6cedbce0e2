package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.model.CanvasElement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What stands out, and what steps back.
///
/// @param highlighted what a search has found; everything else is dimmed. Null while nothing is searched for
public record Emphasis(
        Set<CanvasElement> selected,
        @Nullable CanvasElement hovered,
        @Nullable CanvasElement focused,
        @Nullable Set<CanvasElement> highlighted) {
    public Emphasis {
        selected = Set.copyOf(selected);
        highlighted = highlighted == null ? null : Set.copyOf(highlighted);
    }

    public static Emphasis none() {
        return new Emphasis(Set.of(), null, null, null);
    }

    /// During a drag, what cannot take it steps back instead of what a search has not found.
    public Emphasis withTargets(@Nullable Set<CanvasElement> accepting) {
        return accepting == null ? this : new Emphasis(selected, hovered, focused, accepting);
    }

    // The quick answers first: everything is asked for with every frame, and a record's hash code takes its time.

    /// Nothing is marked.
    boolean hasNoMarks() {
        return selected.isEmpty() && focused == null;
    }

    boolean isSelected(CanvasElement element) {
        return !selected.isEmpty() && selected.contains(element);
    }

    boolean isHovered(CanvasElement element) {
        return hovered != null && hovered.equals(element);
    }

    boolean isFocused(CanvasElement element) {
        return focused != null && focused.equals(element);
    }

    boolean isDimmed(CanvasElement element) {
        return highlighted != null && !highlighted.contains(element);
    }
}
