package dev.patchbay.app.control;

import dev.patchbay.app.style.Fonts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.Insets;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;

/// Gives each column of a table the room that its longest text needs. When there is not enough, those yield
/// first whose texts are known by their two ends, then the others; what is left over goes to the one that
/// can use it.
///
/// Cells are measured in characters: they are set in a font of one width, and measuring each text would be
/// dear for thousands of rows.
public final class ColumnAutoSizer<R> {
    private static final double CHARACTER = 6.62;
    private static final double PADDING = 9;
    private static final double SCROLL_BAR = 12;

    /// What becomes of a column when there is too little or too much room.
    public enum SizePolicy {
        SHRINK_FIRST,
        SHRINK,
        /// Is last to yield, and gets what is left over.
        GROW
    }

    private static final class SizedColumn<R> {
        final TableColumn<R, String> column;
        final Function<R, String> text;
        /// Characters that have to be seen.
        final int least;
        final SizePolicy policy;
        /// Pixels that the heading takes.
        final double heading;
        /// Pixels that stay free before the text.
        final double leftPadding;
        /// Characters of the longest text so far.
        int longest;

        SizedColumn(
                TableColumn<R, String> column,
                Function<R, String> text,
                int least,
                SizePolicy manner,
                double heading,
                double before) {
            this.column = column;
            this.text = text;
            this.least = least;
            this.policy = manner;
            this.heading = heading;
            this.leftPadding = before;
        }
    }

    private final TableView<R> table;
    private final ObservableList<R> rows;
    private final List<SizedColumn<R>> columns = new ArrayList<>();

    /// @param rows those that are measured: with rows that are hidden at present among them, no column
    ///     moves when others are hidden
    public ColumnAutoSizer(TableView<R> table, ObservableList<R> rows) {
        this.table = table;
        this.rows = rows;
        table.widthProperty().subscribe(this::fit);
        table.insetsProperty().subscribe(this::fit);
        rows.addListener((ListChangeListener<R>) this::measure);
    }

    /// A row that comes is measured alone, since events come by the dozen over thousands of rows; a column
    /// does not get narrower for a single row that goes. When more go, another selection is shown, and all
    /// are measured.
    private void measure(ListChangeListener.Change<? extends R> change) {
        while (change.next()) {
            if (change.getRemovedSize() > 1 || change.wasUpdated()) {
                columns.forEach(sized -> sized.longest = 0);
                rows.forEach(this::measure);
            } else {
                change.getAddedSubList().forEach(this::measure);
            }
        }
        fit();
    }

    private void measure(R row) {
        for (SizedColumn<R> sized : columns) {
            sized.longest = Math.max(sized.longest, sized.text.apply(row).length());
        }
    }

    /// Adds a column of text to the table.
    ///
    /// @param style a further style class of its cells; empty for none
    public void addText(String heading, String style, int least, SizePolicy manner, Function<R, String> text) {
        TableColumn<R, String> column = new TableColumn<>(heading.toUpperCase(Locale.ROOT));
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(text.apply(cell.getValue())));
        column.setCellFactory(_ -> new TextCell<>(style));
        table.getColumns().add(column);
        add(column, text, least, manner);
    }

    public void add(TableColumn<R, String> column, Function<R, String> text, int least, SizePolicy manner) {
        add(column, text, least, manner, 0);
    }

    /// @param before pixels that stay free before the text, as the style sheet has it
    public void add(
            TableColumn<R, String> column, Function<R, String> text, int least, SizePolicy manner, double before) {
        Text heading = new Text(column.getText());
        // As the style sheet sets it. Not kept: before the fonts are loaded another one would be.
        heading.setFont(Font.font(Fonts.TEXT, FontWeight.BOLD, 10));
        SizedColumn<R> sized = new SizedColumn<>(
                column, text, least, manner, Math.ceil(heading.getLayoutBounds().getWidth()), before);
        rows.forEach(
                row -> sized.longest = Math.max(sized.longest, text.apply(row).length()));
        columns.add(sized);
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
            SizedColumn<R> sized = columns.get(i);
            double around = PADDING + sized.leftPadding;
            widths[i] = Math.max(sized.longest * CHARACTER, sized.heading) + around;
            least[i] = Math.min(widths[i], Math.max(sized.least * CHARACTER, sized.heading) + around);
            lacking += widths[i];
        }
        for (SizePolicy manner : SizePolicy.values()) {
            lacking -= shrink(manner, widths, least, lacking);
        }
        for (int i = 0; i < widths.length; i++) {
            SizedColumn<R> sized = columns.get(i);
            double rest = sized.policy == SizePolicy.GROW ? Math.max(0, -lacking) : 0;
            sized.column.setPrefWidth(Math.floor(widths[i] + rest));
        }
    }

    /// The widest give first, down to what the next one has.
    ///
    /// @return how much could be taken
    private double shrink(SizePolicy manner, double[] widths, double[] least, double lacking) {
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
                if (columns.get(i).policy == manner) {
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
