package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.model.CanvasElement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The elements that are marked or highlighted.
///
/// @param bright the elements that stay bright while all others are dimmed; null when none is
///     dimmed
public record HighlightedElements(
        Set<CanvasElement> selected,
        @Nullable CanvasElement hovered,
        @Nullable CanvasElement focused,
        @Nullable Set<CanvasElement> bright) {
    public HighlightedElements {
        selected = Set.copyOf(selected);
        bright = bright == null ? null : Set.copyOf(bright);
    }

    public static HighlightedElements none() {
        return new HighlightedElements(Set.of(), null, null, null);
    }

    /// During a drag the elements that accept the drop stay bright, instead of the hits of a search.
    public HighlightedElements withTargets(@Nullable Set<CanvasElement> accepting) {
        return accepting == null ? this : new HighlightedElements(selected, hovered, focused, accepting);
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
        return bright != null && !bright.contains(element);
    }
}
