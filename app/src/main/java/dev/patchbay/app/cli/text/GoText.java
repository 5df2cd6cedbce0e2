package dev.patchbay.app.cli.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Go's string functions, as far as Docker's output shows them.
public final class GoText {
    private static final DateTimeFormatter TIME_FORMAT = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB", "PB");

    private GoText() {}

    /// The text cut to `width` characters, the last of them `…`, when it is longer.
    public static String ellipsis(String text, int width) {
        int length = text.codePointCount(0, text.length());
        return length <= width ? text : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
    }

    /// A moment as Go prints it: `2026-11-24 12:04:59.18272366 +0000 UTC`.
    public static String time(Instant moment) {
        return TIME_FORMAT.format(moment) + " +0000 UTC";
    }

    /// A number of bytes as `go-units` writes it with three digits: `0B`, `1.09kB`, `133MB`.
    public static String size(long bytes) {
        BigDecimal size = BigDecimal.valueOf(bytes);
        int unit = 0;
        while (size.compareTo(THOUSAND) >= 0 && unit < UNITS.size() - 1) {
            size = size.divide(THOUSAND);
            unit++;
        }
        return size.round(new MathContext(3)).stripTrailingZeros().toPlainString() + UNITS.get(unit);
    }

    /// Labels in one cell: `a=1,b=2`, in the order of their names.
    public static String labels(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .sorted()
                .collect(Collectors.joining(","));
    }

    /// In double quotes, with quotes, backslashes and line breaks escaped.
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                default -> {
                    if (Character.isISOControl(c)) {
                        quoted.append("\\x%02x".formatted(c));
                    } else {
                        quoted.appendCodePoint(c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
