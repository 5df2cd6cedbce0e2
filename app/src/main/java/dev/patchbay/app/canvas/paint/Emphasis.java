package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.model.CanvasElement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The elements that are marked or highlighted.
///
/// @param highlighted the elements that stay bright while all others are dimmed; null when none is
///     dimmed
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

    /// During a drag the elements that accept the drop stay bright, instead of the hits of a search.
    public Emphasis withTargets(@Nullable Set<CanvasElement> accepting) {
        return accepting == null ? this : new Emphasis(selected, hovered, focused, accepting);
    }

    // The quick checks come first: each frame asks for each element, and the hash code of a record is
    // slow.

    /// Whether no element is marked.
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
