package dev.patchbay.core.model;

/// Who makes the bridge, the cables and the rules of a network.
public enum Manager {
    /// Whoever does on the host: its engine, or Patchbay in a Lab.
    USUAL,
    /// The host's engine, and nobody else.
    DOCKER,
    /// Patchbay, beside the host's engine where there is one.
    PATCHBAY
}
