package dev.patchbay.core.model;

/// Who makes the bridge, the cables and the rules of a network.
public enum Manager {
    /// Whoever does on the host: its engine, or Patchbay in a Lab.
    HOST_DEFAULT,
    /// The host's engine, and nobody else.
    ENGINE,
    /// Patchbay, beside the host's engine where there is one.
    PATCHBAY
}
