package dev.patchbay.app.inspector;

import dev.patchbay.app.model.Selection;
import java.util.List;

/// What the inspector says about the selection.
///
/// @param badge a word beside the title, empty for none
public record Overview(String title, String badge, List<Fact> facts, List<Section> sections) {

    /// @param mono an address, id or command
    public record Fact(String label, String value, boolean mono) {}

    public record Section(String title, List<Row> rows, String emptyText) {}

    /// @param middle in the second column, as an address
    /// @param end in the last column, as a MAC address
    /// @param below in a line of its own; empty for none
    /// @param target what a click selects
    public record Row(State state, String name, String middle, String end, String below, Selection target) {}

    public enum State {
        GOOD,
        IDLE,
        WARNING
    }
}
