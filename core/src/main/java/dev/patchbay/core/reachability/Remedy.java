package dev.patchbay.core.reachability;

import dev.patchbay.core.Change;

/// What would help.
public sealed interface Remedy {
    /// As an order: `Connect web03 to shop`.
    String words();

    record ByChange(String words, Change change) implements Remedy {}

    /// The kernel is not as the records say.
    record ByRepair(String words) implements Remedy {}

    /// Only a person can do it, or should.
    record ByHand(String words) implements Remedy {}
}
