package dev.patchbay.core.reachability;

import dev.patchbay.engine.Id;

/// One end of a question.
public sealed interface PathEnd {
    record InContainer(Id container) implements PathEnd {}

    record OnHost() implements PathEnd {}

    /// Whoever is beyond the host's default route.
    record Outside() implements PathEnd {}
}
