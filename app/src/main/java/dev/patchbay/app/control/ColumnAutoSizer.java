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

/// Gives each column of a table the width that its longest text needs. When the table is too narrow,
/// columns whose texts can be recognized by their ends shrink first, then the others. Spare width goes
/// to the column that can use it.
///
/// Texts are measured in characters: cells use a fixed-pitch font, and measuring each of thousands of
/// texts would be slow.
public final class ColumnAutoSizer<R> {
    private static final double CHARACTER = 6.62;
    private static final double PADDING = 9;
    private static final double SCROLL_BAR = 12;

    /// How a column behaves when there is too little or too much room.
    public enum SizePolicy {
        SHRINK_FIRST,
        SHRINK,
        /// Shrinks last, and gets the spare width.
        GROW
    }

    private static final class SizedColumn<R> {
        final TableColumn<R, String> column;
        final Function<R, String> text;
        /// Minimum width in characters.
        final int least;
        final SizePolicy policy;
        /// Width of the heading in pixels.
        final double heading;
        /// Space before the text in pixels.
        final double leftPadding;
        /// Length of the longest text so far in characters.
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

    /// @param rows the rows to measure; if they include hidden rows, filtering does not change the
    ///     widths
    public ColumnAutoSizer(TableView<R> table, ObservableList<R> rows) {
        this.table = table;
        this.rows = rows;
        table.widthProperty().subscribe(this::fit);
        table.insetsProperty().subscribe(this::fit);
        rows.addListener((ListChangeListener<R>) this::measure);
    }

    /// A new row is measured alone, since many events arrive in a table of thousands. One removed row
    /// does not make a column narrower; after more removals all rows are measured again.
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

    /// Adds a text column to the table.
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

    /// @param before space before the text in pixels, as in the style sheet
    public void add(
            TableColumn<R, String> column, Function<R, String> text, int least, SizePolicy manner, double before) {
        Text heading = new Text(column.getText());
        // The same font as in the style sheet. It is not cached: before the fonts are loaded it would be
        // another one.
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

    /// Takes width from the widest columns first, down to the width of the next one.
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
