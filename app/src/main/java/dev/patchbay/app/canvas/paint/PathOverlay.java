package dev.patchbay.app.canvas.paint;

import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.model.CanvasElement;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The path of a packet through the scene.
///
/// @param lines each a line with corners, in the order of the path
/// @param elements the elements on the path; all others are dimmed
/// @param end where it ends
/// @param blocked whether the packet goes no further than the end; null when unknown
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
