package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.model.CanvasElement;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A way through the scene.
///
/// @param lines each a line with corners, in the order of the way
/// @param elements what it passes; the rest steps back
/// @param end where it ends
/// @param blocked it goes no further than its end; null when that is not known
public record PathOverlay(
        List<List<Point>> lines,
        Set<CanvasElement> elements,
        @Nullable Point end,
        @Nullable Boolean blocked) {
    public PathOverlay {
        lines = lines.stream().map(List::copyOf).toList();
        elements = Set.copyOf(elements);
    }
}
