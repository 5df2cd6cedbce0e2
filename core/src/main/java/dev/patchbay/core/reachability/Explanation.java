package dev.patchbay.core.reachability;

import dev.patchbay.engine.Refusal;

/// What comes of a question.
public sealed interface Explanation {
    record Explained(TracedPath path) implements Explanation {}

    record Refused(Refusal refusal) implements Explanation {}
}
