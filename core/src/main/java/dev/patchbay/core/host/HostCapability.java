package dev.patchbay.core.host;

/// What some kinds of hosts can do and others cannot: [ConnectedHost#unavailable] says which, and why not.
public enum HostCapability {
    /// Repairs problems as soon as they are seen.
    AUTO_REPAIR,

    /// Reads and changes the kernel that its networks are in: rules, traffic, paths of packets, and ports and networks
    /// beside an engine.
    KERNEL,

    /// Changes published ports and settings of a container that stays the same one.
    CHANGE_IN_PLACE,

    /// Brings a removed container back with undo.
    RESTORE_CONTAINERS
}
