package dev.patchbay.app.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The `name=value` pairs of the option `--filter`.
public final class FilterOptions {
    private FilterOptions() {}

    /// @param flag as Docker's client names it, `--filter` or `-f, --filter`
    /// @return filter name → its values, in order
    public static Map<String, List<String>> of(List<String> words, String flag) throws UsageException {
        Map<String, List<String>> filters = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                throw new UsageException("invalid argument \"" + word + "\" for \"" + flag
                        + "\" flag: bad format of filter (expected name=value)");
            }
            String name = word.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            filters.computeIfAbsent(name, _ -> new ArrayList<>())
                    .add(word.substring(equals + 1).strip());
        }
        return filters;
    }
}
