package dev.patchbay.core.model;

/// The manager of a network, which creates its bridge, veths and rules.
public enum Manager {
    /// The default of the host: its engine, or Patchbay in a Lab.
    HOST_DEFAULT,
    /// The host's engine.
    ENGINE,
    /// Patchbay, beside the host's engine if there is one.
    PATCHBAY
}
