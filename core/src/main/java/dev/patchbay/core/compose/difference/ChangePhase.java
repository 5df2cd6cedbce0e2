package dev.patchbay.core.compose.difference;

/// The order in which the changes of a project are worked out: what gives names, addresses and ports back comes
/// before what takes them.
enum ChangePhase {
    REMOVE_CONTAINERS,
    /// Names and restart policies, while names that go are free already.
    UPDATE_CONTAINERS,
    UNPUBLISH,
    DISCONNECT,
    REMOVE_NETWORKS,
    CREATE_NETWORKS,
    CHANGE_NETWORKS,
    /// Addresses that somebody chose, before others are handed out.
    CONNECT_STATIC,
    RUN_STATIC,
    CONNECT,
    PUBLISH,
    RUN,
    START
}
