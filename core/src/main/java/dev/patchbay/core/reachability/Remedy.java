package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Phrase;

/// What would help.
public sealed interface Remedy {
    /// As an order: `Connect web03 to shop`.
    Phrase words();

    record ByChange(Phrase words, Change change) implements Remedy {}

    /// The kernel is not as the records say.
    record ByRepair(Phrase words) implements Remedy {}

    /// Only a person can do it, or should.
    record ByHand(Phrase words) implements Remedy {}
}
