package dev.patchbay.app.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The `key=value` pairs of repeatable options.
public final class KeyValuePairs {
    private KeyValuePairs() {}

    /// A pair without `=` has an empty value, as in Docker.
    public static Map<String, String> of(List<String> words) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            pairs.put(equals < 0 ? word : word.substring(0, equals), equals < 0 ? "" : word.substring(equals + 1));
        }
        return pairs;
    }
}
