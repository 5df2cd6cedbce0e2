package dev.patchbay.app.text;

import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.status.PlannedStep;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Formats numbers, times, addresses and steps for the window, in the language of [Messages].
public final class DisplayFormat {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private DisplayFormat() {}

    /// `65 534`, grouped by no-break spaces, as both languages allow.
    public static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '\u00a0');
    }

    /// `41.2 MB`, decimal units.
    public static String bytes(double bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        String number = unit == 0 || value >= 99.95
                ? String.format(locale(), "%.0f", value)
                : String.format(locale(), "%.1f", value);
        return number + "\u00a0" + UNITS[unit];
    }

    /// Says from where a port that is published on this address can be reached.
    public static String reachText(InetAddress hostAddress) {
        if (hostAddress.isAnyLocalAddress()) {
            return Messages.of("reach.everybody");
        }
        return hostAddress.isLoopbackAddress()
                ? Messages.of("reach.thisMachine")
                : Messages.of("reach.oneAddress", Addresses.format(hostAddress));
    }

    /// Each step with its equivalent command lines.
    public static String steps(List<PlannedStep> steps) {
        return steps.stream()
                .map(step -> "# " + step.name() + "\n" + String.join("\n", step.lines()))
                .collect(Collectors.joining("\n"));
    }

    /// A file name made from a title.
    ///
    /// @param ending with its dot
    public static String fileName(String title, String ending) {
        return title.replaceAll("[^A-Za-z0-9_.-]+", "-") + ending;
    }

    /// `41.2 MB/s`.
    public static String byteRate(double bytesPerSecond) {
        return bytes(bytesPerSecond) + "/s";
    }

    /// `0.4`, `12`.
    public static String rate(double perSecond) {
        return perSecond == 0 || perSecond >= 9.95
                ? String.format(locale(), "%.0f", perSecond)
                : String.format(locale(), "%.1f", perSecond);
    }

    /// `12:04:31` in the person's zone.
    public static String time(Instant instant) {
        return TIME.format(instant.atZone(ZoneId.systemDefault()));
    }

    /// `2022-10-05 03:00:51` in the person's zone.
    public static String dateTime(Instant instant) {
        return DateTimeFormatter.ofPattern(Messages.language().dateTime(), locale())
                .format(instant.atZone(ZoneId.systemDefault()));
    }

    /// `0.4 ms`, `12 ms`, `1.2 s`.
    public static String duration(Duration duration) {
        double millis = duration.toNanos() / 1e6;
        if (millis < 10) {
            return String.format(locale(), "%.1f ms", millis);
        }
        return millis < 1000
                ? String.format(locale(), "%.0f ms", millis)
                : String.format(locale(), "%.1f s", millis / 1000);
    }

    private static Locale locale() {
        return Messages.language().locale();
    }
}
