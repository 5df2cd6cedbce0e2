package dev.patchbay.app.inspector;

import dev.patchbay.app.model.Selection;
import java.util.List;

/// The overview of the selected object.
///
/// @param badge a word beside the title, empty for none
public record Overview(String title, String badge, List<Fact> facts, List<Section> sections) {

    /// @param mono whether the value is an address, id or command
    public record Fact(String label, String value, boolean mono) {}

    public record Section(String title, List<Row> rows, String emptyText) {}

    /// @param middle text of the second column, for example an address
    /// @param end text of the last column, for example a MAC address
    /// @param below text of a second line; empty for none
    /// @param target what a click selects
    public record Row(State state, String name, String middle, String end, String below, Selection target) {}

    public enum State {
        GOOD,
        IDLE,
        WARNING
    }
}
