package dev.patchbay.engine.auth;

import java.nio.file.attribute.UserPrincipal;

/// Who is at the other end of a connection.
///
/// @param user as the kernel named it when it connected
/// @param group of it, likewise; others that it may be in are not named
public record PeerCredentials(PeerRole role, UserPrincipal user, UserPrincipal group) {}
