package dev.patchbay.app.canvas.drag;

import java.util.List;

/// What stands beside the pointer during a drag. All text in it but the command is inert.
///
/// @param refused it cannot be done, and the lines say why
/// @param plug what stands at the plug that would come; empty when none would
/// @param command what letting go equals, as it would be typed; empty when it equals none
public record Note(String title, List<String> lines, boolean refused, String plug, String command) {
    public Note {
        lines = List.copyOf(lines);
    }

    public Note(String title, List<String> lines, boolean refused) {
        this(title, lines, refused, "", "");
    }

    public Note withPlug(String text) {
        return new Note(title, lines, refused, text, command);
    }

    public Note equalling(String words) {
        return new Note(title, lines, refused, plug, words);
    }
}
