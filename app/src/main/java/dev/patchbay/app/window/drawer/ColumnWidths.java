package dev.patchbay.app.window.drawer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import javafx.geometry.Insets;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// Gives each column of a table the room that its longest text needs. When there is not enough, those yield first whose
/// texts are known by their two ends, then the others; what is left over goes to the one that can use it.
///
/// Measured in characters: the cells are set in a font of one width, and measuring each text would be dear for
/// thousands of rows.
final class ColumnWidths<R> {
    private static final double CHARACTER = 6.62;
    private static final double PADDING = 9;
    private static final double HEADING_CHARACTER = 7.2;
    private static final double HEADING_PADDING = 11;
    private static final double SCROLL_BAR = 12;

    /// What becomes of a column when there is too little or too much room.
    enum Manner {
        YIELDS_FIRST,
        YIELDS,
        /// Is last to yield, and gets what is left over.
        TAKES_REST
    }

    /// @param least characters that have to be seen
    private record Sized<R>(
            TableColumn<R, String> column, Function<R, String> text, int least, Manner manner, String heading) {}

    private final TableView<R> table;
    private final List<Sized<R>> columns = new ArrayList<>();

    ColumnWidths(TableView<R> table) {
        this.table = table;
        table.widthProperty().subscribe(this::fit);
        table.insetsProperty().subscribe(this::fit);
        table.getItems().subscribe(this::fit);
    }

    void add(TableColumn<R, String> column, String heading, Function<R, String> text, int least, Manner manner) {
        columns.add(new Sized<>(column, text, least, manner, heading));
    }

    void fit() {
        Insets insets = table.getInsets();
        double room = table.getWidth() - insets.getLeft() - insets.getRight() - SCROLL_BAR;
        if (room <= 0) {
            return;
        }
        double[] widths = new double[columns.size()];
        double[] least = new double[columns.size()];
        double lacking = -room;
        for (int i = 0; i < widths.length; i++) {
            Sized<R> sized = columns.get(i);
            int longest = 0;
            for (R row : table.getItems()) {
                longest = Math.max(longest, sized.text.apply(row).length());
            }
            double heading = sized.heading.length() * HEADING_CHARACTER + HEADING_PADDING;
            widths[i] = Math.max(longest * CHARACTER + PADDING, heading);
            least[i] = Math.min(widths[i], Math.max(sized.least * CHARACTER + PADDING, heading));
            lacking += widths[i];
        }
        for (Manner manner : Manner.values()) {
            lacking -= takeFrom(manner, widths, least, lacking);
        }
        for (int i = 0; i < widths.length; i++) {
            Sized<R> sized = columns.get(i);
            double rest = sized.manner == Manner.TAKES_REST ? Math.max(0, -lacking) : 0;
            sized.column.setPrefWidth(Math.floor(widths[i] + rest));
        }
    }

    /// The widest give first, down to what the next one has.
    ///
    /// @return how much could be taken
    private double takeFrom(Manner manner, double[] widths, double[] least, double lacking) {
        if (lacking <= 0) {
            return 0;
        }
        double[] cut = widths.clone();
        double taken = 0;
        double tooNarrow = 0;
        double tooWide = Arrays.stream(widths).max().orElse(0);
        while (tooWide - tooNarrow > 0.5) {
            double widest = (tooNarrow + tooWide) / 2;
            taken = 0;
            for (int i = 0; i < widths.length; i++) {
                if (columns.get(i).manner == manner) {
                    cut[i] = Math.max(least[i], Math.min(widths[i], widest));
                    taken += widths[i] - cut[i];
                }
            }
            if (taken < lacking) {
                tooWide = widest;
            } else {
                tooNarrow = widest;
            }
        }
        System.arraycopy(cut, 0, widths, 0, widths.length);
        return taken;
    }
}
