package dev.patchbay.app.canvas.drag;

import java.util.List;

/// The tooltip beside the pointer during a drag. All its text except the command is safe.
///
/// @param refused whether the drop is not possible; the lines say why
/// @param plugLabel the label of the plug that a drop would create; empty for none
/// @param command the command line that equals the drop; empty for none
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
