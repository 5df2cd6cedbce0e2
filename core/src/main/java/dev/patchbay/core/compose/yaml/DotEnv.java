package dev.patchbay.core.compose.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Parses the `.env` file beside a Compose file: `NAME=value` lines, quotes, comments, an optional
/// `export`. Other lines are ignored.
public final class DotEnv {
    private static final Pattern LINE =
            Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*[=:]\\s*(.*?)\\s*");
    private static final Pattern QUOTED =
            Pattern.compile("'([^']*)'(?:\\s+#.*)?|\"((?:[^\"\\\\]++|\\\\.)*+)\"(?:\\s+#.*)?");

    private DotEnv() {}

    public static Map<String, String> read(String text) {
        SequencedMap<String, String> variables = new LinkedHashMap<>();
        text.lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .forEach(line -> variables.put(line.group(1), value(line.group(2))));
        return variables;
    }

    /// `NAME=value` lines whose values are kept literally, with quotes and `#`.
    public static Map<String, String> readRaw(String text) {
        SequencedMap<String, String> variables = new LinkedHashMap<>();
        text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#") && line.indexOf('=') > 0)
                .forEach(line -> variables.put(
                        line.substring(0, line.indexOf('=')).strip(), line.substring(line.indexOf('=') + 1)));
        return variables;
    }

    private static String value(String written) {
        Matcher quoted = QUOTED.matcher(written);
        if (quoted.matches()) {
            return quoted.group(1) != null
                    ? quoted.group(1)
                    : quoted.group(2).replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
        }
        int comment = written.indexOf(" #");
        return comment < 0 ? written : written.substring(0, comment).strip();
    }
}
