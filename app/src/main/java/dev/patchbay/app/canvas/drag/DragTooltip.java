package dev.patchbay.app.canvas.drag;

import java.util.List;

/// What stands beside the pointer during a drag. All text in it but the command is inert.
///
/// @param refused it cannot be done, and the lines say why
/// @param plugLabel what stands at the plug that would come; empty when none would
/// @param command what letting go equals, as it would be typed; empty when it equals none
public record DragTooltip(String title, List<String> lines, boolean refused, String plugLabel, String command) {
    public DragTooltip {
        lines = List.copyOf(lines);
    }

    public DragTooltip(String title, List<String> lines, boolean refused) {
        this(title, lines, refused, "", "");
    }

    public DragTooltip withPlugLabel(String text) {
        return new DragTooltip(title, lines, refused, text, command);
    }

    public DragTooltip withCommand(String words) {
        return new DragTooltip(title, lines, refused, plugLabel, words);
    }
}
