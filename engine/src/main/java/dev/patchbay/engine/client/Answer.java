package dev.patchbay.engine.client;

import dev.patchbay.engine.Refusal;

/// The answer to a request: granted, or refused with nothing changed.
public sealed interface Answer<R> {
    record Granted<R>(R reply) implements Answer<R> {}

    record Refused<R>(Refusal refusal) implements Answer<R> {}
}
