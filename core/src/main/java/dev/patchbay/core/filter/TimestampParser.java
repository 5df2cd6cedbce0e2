package dev.patchbay.core.filter;

import dev.patchbay.core.refusal.FilterRefusals;
import dev.patchbay.core.refusal.RefusedException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Parses a time as Docker does: a duration before now (`1h30m`), a date with or without a time and an
/// offset, or seconds since 1970.
public final class TimestampParser {
    private static final String DURATION_PART = "(\\d+(?:\\.\\d*)?)(h|ms|m|us|µs|s|ns)";
    private static final Pattern PARTS = Pattern.compile(DURATION_PART);
    private static final Pattern DURATION = Pattern.compile("(?:" + DURATION_PART + ")++");
    private static final Map<String, Long> NANOSECONDS = Map.of(
            "h", 3_600_000_000_000L,
            "m", 60_000_000_000L,
            "s", 1_000_000_000L,
            "ms", 1_000_000L,
            "us", 1_000L,
            "µs", 1_000L,
            "ns", 1L);
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,11})(?:\\.(\\d{1,9}))?");
    private static final Pattern DATE = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)"
            + "(?:T(\\d\\d)(?::(\\d\\d)(?::(\\d\\d(?:\\.\\d{1,9})?))?)?)?(Z|[+-]\\d\\d:\\d\\d)?");

    private TimestampParser() {}

    /// A date without an offset is in the local time zone.
    public static Instant parse(String text, Instant now) throws RefusedException {
        try {
            if (DURATION.matcher(text).matches()) {
                return subtract(text, now);
            }
            Matcher seconds = SECONDS.matcher(text);
            if (seconds.matches()) {
                return Instant.ofEpochSecond(Long.parseLong(seconds.group(1)), fraction(seconds.group(2)));
            }
            Matcher date = DATE.matcher(text);
            if (date.matches()) {
                return date(date);
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw FilterRefusals.notATimestamp(text);
        }
        throw FilterRefusals.notATimestamp(text);
    }

    private static Instant subtract(String duration, Instant now) {
        BigDecimal nanoseconds = BigDecimal.ZERO;
        Matcher part = PARTS.matcher(duration);
        while (part.find()) {
            BigDecimal unit = BigDecimal.valueOf(NANOSECONDS.getOrDefault(part.group(2), 0L));
            nanoseconds = nanoseconds.add(new BigDecimal(part.group(1)).multiply(unit));
        }
        return now.minusNanos(nanoseconds.toBigInteger().longValueExact());
    }

    private static long fraction(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong((digits + "000000000").substring(0, 9));
    }

    private static Instant date(Matcher date) {
        String local = date.group(1) + "T" + orElse(date.group(2), "00") + ":" + orElse(date.group(3), "00") + ":"
                + orElse(date.group(4), "00");
        String offset = date.group(5);
        return offset == null
                ? ZonedDateTime.of(LocalDateTime.parse(local), ZoneId.systemDefault())
                        .toInstant()
                : OffsetDateTime.parse(local + offset).toInstant();
    }

    private static String orElse(@Nullable String text, String other) {
        return text == null ? other : text;
    }
}
