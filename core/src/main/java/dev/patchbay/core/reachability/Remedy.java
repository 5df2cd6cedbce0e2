package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Message;

/// What would help.
public sealed interface Remedy {
    /// As an order: `Connect web03 to shop`.
    Message text();

    record ByChange(Message text, Change change) implements Remedy {}

    /// The kernel is not as the records say.
    record ByRepair(Message text) implements Remedy {}

    /// Only a person can do it, or should.
    record ByHand(Message text) implements Remedy {}
}
