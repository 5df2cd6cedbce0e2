package dev.patchbay.core.filter;

import java.util.List;
import java.util.Map;

/// A filter for labels: `key` with any value, or `key=value`.
public final class LabelFilter {
    private LabelFilter() {}

    public static boolean hasAll(Map<String, String> labels, List<String> wanted) {
        return wanted.stream().allMatch(word -> has(labels, word));
    }

    private static boolean has(Map<String, String> labels, String word) {
        int equals = word.indexOf('=');
        return equals < 0
                ? labels.containsKey(word)
                : word.substring(equals + 1).equals(labels.get(word.substring(0, equals)));
    }
}
