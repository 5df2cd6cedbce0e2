package dev.patchbay.app.model;

import dev.patchbay.engine.Id;

/// What a person has selected in the picture. Parts of an object select the object: a pin or cable its published
/// port, a plug its container.
public sealed interface Selected {
    record Nothing() implements Selected {}

    record HostSelected() implements Selected {}

    record NetworkSelected(Id network) implements Selected {}

    record ContainerSelected(Id container) implements Selected {}

    /// A published port.
    record PortSelected(Id port) implements Selected {}
}
