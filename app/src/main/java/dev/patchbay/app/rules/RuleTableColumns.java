package dev.patchbay.app.rules;

import dev.patchbay.app.control.ColumnAutoSizer;
import dev.patchbay.app.text.DisplayFormat;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.rules.RuleOwner;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.ObservableList;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/// The columns of the rule tables.
final class RuleTableColumns {
    private static final Set<String> ANY_NETWORK = Set.of("0.0.0.0/0", "::/0");
    private static final String NONE = "—";
    /// Pixels between the right-aligned numbers and the left-aligned owner.
    private static final double OWNER_PADDING = 10;

    /// The style of a column's text.
    private enum Style {
        PLAIN,
        CHAIN,
        MUTED,
        TARGET,
        ADDRESS,
        INTERFACE,
        MATCH,
        NUMBER,
        OWNER
    }

    private final TableView<RuleRow> table;
    private final ColumnAutoSizer<RuleRow> widths;

    private RuleTableColumns(TableView<RuleRow> table, ObservableList<RuleRow> all) {
        this.table = table;
        this.widths = new ColumnAutoSizer<>(table, all);
    }

    /// @param all all rows, also those that are hidden now
    static void addTo(TableView<RuleRow> table, ObservableList<RuleRow> all) {
        RuleTableColumns set = new RuleTableColumns(table, all);
        set.text(
                Messages.of("rules.number"),
                Style.MUTED,
                2,
                row -> String.valueOf(row.rule().number()));
        set.text(Messages.of("rules.chain"), Style.CHAIN, 11, RuleRow::chain);
        set.text(
                Messages.of("rules.target"),
                Style.TARGET,
                10,
                row -> row.columns().target());
        set.text(Messages.of("rules.prot"), Style.PLAIN, 3, row -> row.columns().protocol());
        set.text(
                Messages.of("rules.in"),
                Style.INTERFACE,
                8,
                row -> any(row.columns().in()));
        set.text(
                Messages.of("rules.out"),
                Style.INTERFACE,
                8,
                row -> any(row.columns().out()));
        set.text(
                Messages.of("rules.source"),
                Style.ADDRESS,
                13,
                row -> row.columns().source());
        set.text(
                Messages.of("rules.destination"),
                Style.ADDRESS,
                13,
                row -> row.columns().destination());
        set.text(
                Messages.of("rules.match"),
                Style.MATCH,
                29,
                row -> row.columns().match());
        set.number(
                Messages.of("rules.packets"),
                "99 999",
                row -> row.packets().map(count -> DisplayFormat.grouped(count.longValue())));
        set.number(
                Messages.of("rules.bytes"),
                "99.9 MB",
                row -> row.bytes().map(count -> DisplayFormat.bytes(count.doubleValue())));
        set.number(Messages.of("rules.rate"), "99.9 MB/s", row -> row.rate().map(RuleTableColumns::rate));
        set.text(Messages.of("rules.owner"), Style.OWNER, 8, RuleRow::owner);
        set.text(Messages.of("rules.for"), Style.PLAIN, 12, RuleTableColumns::subject);
    }

    private static String subject(RuleRow row) {
        return row.meaning().subject().isEmpty() ? NONE : row.meaning().subject();
    }

    private static String rate(Number bytesPerSecond) {
        return bytesPerSecond.doubleValue() < 0.5 ? NONE : DisplayFormat.byteRate(bytesPerSecond.doubleValue());
    }

    private static String any(String name) {
        return name.equals("*") ? Messages.of("rules.any") : name;
    }

    private void text(String heading, Style style, int least, Function<RuleRow, String> value) {
        TableColumn<RuleRow, String> column = column(heading, style);
        if (style == Style.OWNER) {
            column.getStyleClass().add("owner");
        }
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(value.apply(cell.getValue())));
        ColumnAutoSizer.SizePolicy manner = switch (style) {
            case CHAIN, TARGET, INTERFACE -> ColumnAutoSizer.SizePolicy.SHRINK_FIRST;
            case MATCH -> ColumnAutoSizer.SizePolicy.GROW;
            case PLAIN, MUTED, ADDRESS, NUMBER, OWNER -> ColumnAutoSizer.SizePolicy.SHRINK;
        };
        widths.add(column, value, least, manner, style == Style.OWNER ? OWNER_PADDING : 0);
    }

    private void number(String heading, String usual, Function<RuleRow, ObservableValue<String>> value) {
        TableColumn<RuleRow, String> column = column(heading, Style.NUMBER);
        column.setCellValueFactory(cell -> value.apply(cell.getValue()));
        column.getStyleClass().add("number");
        // The width allows for counters to grow, because a column that changes its width is hard to
        // read.
        widths.add(column, _ -> usual, usual.length(), ColumnAutoSizer.SizePolicy.SHRINK);
    }

    private TableColumn<RuleRow, String> column(String heading, Style style) {
        TableColumn<RuleRow, String> column = new TableColumn<>(heading.toUpperCase(Locale.ROOT));
        column.setMinWidth(20);
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellFactory(_ -> new Cell(style));
        table.getColumns().add(column);
        return column;
    }

    private static final class Cell extends TableCell<RuleRow, String> {
        private final Style style;

        Cell(Style style) {
            this.style = style;
            if (style != Style.OWNER) {
                getStyleClass().add("mono");
            }
            switch (style) {
                case MUTED -> getStyleClass().add("muted");
                case CHAIN -> getStyleClass().add("chain");
                case INTERFACE -> getStyleClass().add("name");
                case TARGET -> getStyleClass().addAll("chain", "strong");
                case NUMBER -> getStyleClass().add("number");
                case OWNER -> getStyleClass().add("owner");
                case PLAIN, ADDRESS, MATCH -> {}
            }
        }

        @Override
        protected void updateItem(@Nullable String text, boolean empty) {
            super.updateItem(text, empty);
            setText(empty ? null : text);
            getStyleClass().removeAll("muted-cell", "owner-patchbay", "owner-foreign");
            if (text == null || empty) {
                setTooltip(null);
                return;
            }
            switch (style) {
                case ADDRESS -> dimIf(ANY_NETWORK.contains(text));
                case INTERFACE -> dimIf(text.equals(Messages.of("rules.any")));
                case NUMBER -> dimIf(text.equals(NONE));
                case OWNER ->
                    getStyleClass()
                            .add(text.equals(RuleOwner.PATCHBAY.toString()) ? "owner-patchbay" : "owner-foreign");
                case PLAIN, MUTED, CHAIN, TARGET, MATCH -> {}
            }
            if (style != Style.NUMBER) {
                setTooltip(text.length() > 6 ? new Tooltip(text) : null);
            }
        }

        private void dimIf(boolean dim) {
            if (dim) {
                getStyleClass().add("muted-cell");
            }
        }
    }
}
