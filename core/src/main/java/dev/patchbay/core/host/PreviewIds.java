package dev.patchbay.core.host;

import dev.patchbay.core.model.Change;
import dev.patchbay.engine.Id;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Remembers the ids that the preview of a change has shown, for its application.
///
/// Each seed is applied at most once: the same change applied twice is two changes with different ids.
public final class PreviewIds {
    private static final int MAX_PREVIEWS = 32;

    private final SequencedMap<Change, Id> previewed = new LinkedHashMap<>();

    public synchronized Id forPreview(Change change) {
        Id seed = previewed.computeIfAbsent(change, _ -> Id.random());
        if (previewed.size() > MAX_PREVIEWS) {
            previewed.pollFirstEntry();
        }
        return seed;
    }

    public synchronized Id forApply(Change change) {
        Id seed = previewed.remove(change);
        return seed == null ? Id.random() : seed;
    }
}
