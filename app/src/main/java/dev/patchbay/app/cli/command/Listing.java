package dev.patchbay.app.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.app.cli.text.TerminalText;
import dev.patchbay.app.cli.text.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The format of a list of objects: a table, or a `--format` with or without `table `.
public final class Listing {
    private static final String TABLE = "table ";

    private final SequencedMap<String, String> headings;
    private final List<String> columns;
    private final boolean table;
    private final @Nullable OutputFormat template;

    private Listing(
            SequencedMap<String, String> headings,
            List<String> columns,
            boolean table,
            @Nullable OutputFormat template) {
        this.headings = headings;
        this.columns = columns;
        this.table = table;
        this.template = template;
    }

    /// @param headings field name → column title, every field that a format may name
    /// @param columns field names of the table when no format is given
    public static Listing of(String format, SequencedMap<String, String> headings, List<String> columns)
            throws UsageException {
        if (format.isEmpty() || format.equals("table")) {
            return new Listing(headings, columns, true, null);
        }
        boolean table = format.startsWith(TABLE);
        return new Listing(
                headings, columns, table, OutputFormat.of(table ? format.substring(TABLE.length()) : format));
    }

    /// An object: the texts of its fields by name, and its labels.
    public record Row(SequencedMap<String, String> fields, Map<String, String> labels) {}

    public List<String> lines(List<Row> rows) throws CommandRefusedException {
        List<List<String>> cells = new ArrayList<>();
        if (table) {
            // The heading of a label's column is the name of the label.
            cells.add(cells(headings, UnaryOperator.identity()));
        }
        for (Row row : rows) {
            cells.add(cells(row.fields(), label -> row.labels().getOrDefault(label, "")));
        }
        return table
                ? TextTable.lines(cells)
                : cells.stream().map(line -> String.join("\t", line)).toList();
    }

    private List<String> cells(SequencedMap<String, String> fields, UnaryOperator<String> label)
            throws CommandRefusedException {
        if (template == null) {
            return columns.stream()
                    .map(column -> TerminalText.escape(fields.getOrDefault(column, "")))
                    .toList();
        }
        return List.of(template.apply(toJson(fields), Map.of("Label", label)).split("\t", -1));
    }

    /// With the keys in Docker's order.
    private static ObjectNode toJson(SequencedMap<String, String> fields) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(fields).forEach(node::put);
        return node;
    }
}
