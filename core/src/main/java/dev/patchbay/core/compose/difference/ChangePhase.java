package dev.patchbay.core.compose.difference;

/// The order of the changes of a project: changes that release names, addresses and ports precede those
/// that take them.
enum ChangePhase {
    REMOVE_CONTAINERS,
    /// Names and restart policies, after names of removed containers are free.
    UPDATE_CONTAINERS,
    UNPUBLISH,
    DISCONNECT,
    REMOVE_NETWORKS,
    CREATE_NETWORKS,
    CHANGE_NETWORKS,
    /// Static addresses, before others are assigned.
    CONNECT_STATIC,
    RUN_STATIC,
    CONNECT,
    PUBLISH,
    RUN,
    START
}
