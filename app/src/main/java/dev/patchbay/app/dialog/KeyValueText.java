package dev.patchbay.app.dialog;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// `key=value` pairs in one line of text; quotes keep blanks inside a pair, as in a shell.
public final class KeyValueText {
    private KeyValueText() {}

    /// Whether each pair has a name before its `=`.
    public static boolean isValid(String text) {
        return InputParser.splitWords(text).stream().noneMatch(word -> word.startsWith("="));
    }

    public static Map<String, String> parse(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String word : InputParser.splitWords(text)) {
            int equals = word.indexOf('=');
            pairs.put(equals < 0 ? word : word.substring(0, equals), equals < 0 ? "" : word.substring(equals + 1));
        }
        return pairs;
    }

    public static String format(Map<String, String> pairs) {
        return new TreeMap<>(pairs)
                .entrySet().stream()
                        .map(pair -> pair.getKey() + (pair.getValue().isEmpty() ? "" : "=" + pair.getValue()))
                        .map(word -> word.matches("\\S+") ? word : "\"" + word + "\"")
                        .collect(Collectors.joining(" "));
    }
}
