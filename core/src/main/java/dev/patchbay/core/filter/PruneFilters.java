package dev.patchbay.core.filter;

import dev.patchbay.core.refusal.FilterRefusals;
import dev.patchbay.core.refusal.RefusedException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The filters of `network prune` and `container prune`: labels that must match, labels that must not,
/// and the latest time of creation.
public record PruneFilters(
        List<String> labels,
        List<String> excludedLabels,
        @Nullable Instant until) {
    private static final String LABEL = "label";
    private static final String NOT_LABEL = "label!";
    private static final String UNTIL = "until";
    private static final Set<String> KNOWN = Set.of(LABEL, NOT_LABEL, UNTIL);

    public static PruneFilters read(Map<String, List<String>> typed, Instant now) throws RefusedException {
        for (String key : typed.keySet()) {
            if (!KNOWN.contains(key)) {
                throw FilterRefusals.unknown(key);
            }
        }
        List<String> until = typed.getOrDefault(UNTIL, List.of());
        if (until.size() > 1) {
            throw FilterRefusals.severalTimestamps();
        }
        return new PruneFilters(
                typed.getOrDefault(LABEL, List.of()),
                typed.getOrDefault(NOT_LABEL, List.of()),
                until.isEmpty() ? null : TimestampParser.parse(until.getFirst(), now));
    }

    public boolean match(Map<String, String> present, Instant created) {
        return LabelFilter.hasAll(present, labels)
                && (excludedLabels.isEmpty() || !LabelFilter.hasAll(present, excludedLabels))
                && (until == null || !created.isAfter(until));
    }
}
