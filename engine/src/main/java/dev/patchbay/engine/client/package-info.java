/// The client's side of the helper: how it is started, and the connection to it.
///
/// A Lab is a set of namespaces (network, mount, pid and, for an ordinary user, user) held by one small
/// *anchor* process that does nothing. The helper runs inside them: it may end, and the next one finds
/// the same kernel state. All commands and windows with the same
/// [dev.patchbay.engine.client.StateDirectory] share one Lab; a file lock makes them agree on one anchor
/// and one helper.
///
/// A [dev.patchbay.engine.client.Machine] has a helper of the same kind in this machine's own network.
///
/// An expected obstacle (a missing program, forbidden user namespaces) is a
/// [dev.patchbay.engine.Refusal] inside [dev.patchbay.engine.client.HelperStart.Unavailable]; an
/// unexpected one is an [dev.patchbay.engine.EngineException].
@NullMarked
package dev.patchbay.engine.client;

import org.jspecify.annotations.NullMarked;
