package dev.patchbay.app.model;

import dev.patchbay.engine.Id;

/// What a person has selected in the picture. Parts of an object select the object: a pin or cable its published
/// port, a plug its container.
public sealed interface Selection {
    record None() implements Selection {}

    record OfHost() implements Selection {}

    record OfNetwork(Id network) implements Selection {}

    record OfContainer(Id container) implements Selection {}

    /// A published port.
    record OfPort(Id port) implements Selection {}
}
