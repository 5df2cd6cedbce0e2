package dev.patchbay.app.canvas.gesture;

import java.util.List;

/// What stands beside the pointer during a drag. All text in it is inert.
///
/// @param refused it cannot be done, and the lines say why
/// @param plug what stands at the plug that would come; empty when none would
public record Note(String title, List<String> lines, boolean refused, String plug) {
    public Note {
        lines = List.copyOf(lines);
    }

    public Note(String title, List<String> lines, boolean refused) {
        this(title, lines, refused, "");
    }
}
