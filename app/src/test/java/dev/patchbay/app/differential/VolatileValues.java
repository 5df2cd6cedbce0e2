package dev.patchbay.app.differential;

import java.util.List;
import java.util.regex.Pattern;

/// What can never be the same in two engines, put aside: ids, times, numbers of processes, names of kernel objects.
final class VolatileValues {
    private record Mask(Pattern pattern, String replacement) {
        static Mask of(String pattern, String replacement) {
            return new Mask(Pattern.compile(pattern, Pattern.MULTILINE), replacement);
        }
    }

    private static final List<Mask> ALL = List.of(
            Mask.of("\\b[0-9a-f]{64}\\b", "<id>"),
            Mask.of("\\b(?:veth[0-9a-f]{7}|pbv[0-9a-f]{12})\\b", "<veth>"),
            Mask.of("@if\\d+", "@if"),
            Mask.of("\\b(?:br|pb)-[0-9a-f]{12}\\b", "<bridge>"),
            Mask.of("\\b[0-9a-f]{12}\\b", "<short id>"),
            Mask.of("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "<time>"),
            Mask.of("\\d{4}-\\d\\d-\\d\\d [0-9:]+ \\+0000 UTC", "<second in UTC>"),
            Mask.of("\\d{4}-\\d\\d-\\d\\d [0-9:]+\\.\\d+ \\+0000 UTC", "<time in UTC>"),
            Mask.of("\"time(Nano)?\":\\d+", "\"time$1\":<time>"),
            Mask.of("\\b(?:Less than a second|About a minute|\\d+ (?:seconds?|minutes?))(?: ago)?", "<duration>"),
            Mask.of("(?<![./-])\\bdocker(?=[: ])", "patchbay"),
            Mask.of("\\bDOCKER(?=[- :]|$)", "PATCHBAY"),
            Mask.of("\\b(198\\.51\\.100\\.2):\\d{5}\\b", "$1:<port>"),
            // The kernel notices late, or never, that nothing is plugged into a bridge.
            Mask.of(" linkdown", ""),
            Mask.of(" {2,}", "  "),
            Mask.of("[ \\t]+$", ""));

    private VolatileValues() {}

    static String masked(String text) {
        String masked = text;
        for (Mask mask : ALL) {
            masked = mask.pattern().matcher(masked).replaceAll(mask.replacement());
        }
        return masked;
    }
}
