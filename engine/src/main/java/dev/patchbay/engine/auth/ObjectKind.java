package dev.patchbay.engine.auth;

/// What a request is about, as far as it matters for who may ask it.
enum ObjectKind {
    /// The helper itself, and what it does by itself.
    HELPER,
    /// What is recorded; an answer holds of it what the peer may see, see [ReplyFilter].
    RECORDS,
    /// This host's own links, rules and sockets.
    HOST,
    NETWORK,
    /// A published port of a container of an engine.
    EXTERNAL_PUBLISH,
    /// A sandbox of the owner's, or an endpoint or port of it: the helper runs its command, or a driver of
    /// root's made it for an engine.
    OWNER_SANDBOX,
    /// A container of an engine that the peer may ask, or an endpoint or port of it.
    PEER_ENGINE_SANDBOX,
    /// A container of an engine that the peer may not ask, or an endpoint or port of it.
    OTHER_ENGINE_SANDBOX,
    /// What no record has: the answer says so.
    UNKNOWN
}
