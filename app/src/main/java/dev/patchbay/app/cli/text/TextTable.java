package dev.patchbay.app.cli.text;

import java.util.ArrayList;
import java.util.List;

/// Aligned columns as Go's tabwriter makes them for Docker: each column is as wide as its longest cell
/// and at least ten characters; three blanks separate columns; the last column has no padding.
public final class TextTable {
    private static final int MIN_WIDTH = 10;
    private static final int PADDING = 3;

    private TextTable() {}

    public static List<String> lines(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int column = 0; column < row.size() - 1; column++) {
                int width = Math.max(MIN_WIDTH, length(row.get(column)) + PADDING);
                if (column == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(column, Math.max(widths.get(column), width));
                }
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            line.append(cell);
            if (column < row.size() - 1) {
                line.repeat(' ', widths.get(column) - length(cell));
            }
        }
        return line.toString();
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
