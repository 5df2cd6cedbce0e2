package dev.patchbay.core.reachability;

import dev.patchbay.engine.Id;

/// One end of a question.
public sealed interface End {
    record InContainer(Id container) implements End {}

    record OnHost() implements End {}

    /// Whoever is beyond the host's default route.
    record Outside() implements End {}
}
