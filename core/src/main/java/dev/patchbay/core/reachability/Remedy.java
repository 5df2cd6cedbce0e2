package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Message;

/// A remedy for a hop that fails.
public sealed interface Remedy {
    /// In the imperative: `Connect web03 to shop`.
    Message text();

    record ByChange(Message text, Change change) implements Remedy {}

    /// A repair, because the kernel differs from the records.
    record ByRepair(Message text) implements Remedy {}

    /// Something that only a person can or should do.
    record ByHand(Message text) implements Remedy {}
}
