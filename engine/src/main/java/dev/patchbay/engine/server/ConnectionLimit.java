package dev.patchbay.engine.server;

import java.nio.file.attribute.UserPrincipal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Limits the open connections of each user. The connections of one user never exclude another user. At
/// the limit, the connection that has been idle longest is closed for the new one. Thread-safe.
final class ConnectionLimit {
    static final int MAX_PER_USER = 256;

    private final Map<UserPrincipal, Set<ClientConnection>> byUser = new HashMap<>();

    /// @return false when the user has reached the limit and all connections are in use
    synchronized boolean add(UserPrincipal user, ClientConnection connection) {
        Set<ClientConnection> ofUser = byUser.computeIfAbsent(user, _ -> new LinkedHashSet<>());
        if (ofUser.size() >= MAX_PER_USER) {
            long now = System.nanoTime();
            Optional<ClientConnection> longest = ofUser.stream()
                    .filter(ClientConnection::isIdle)
                    .max(Comparator.comparingLong(open -> now - open.lastUsed()));
            if (longest.isEmpty() || !longest.get().closeIfIdle()) {
                return false;
            }
            ofUser.remove(longest.get());
        }
        return ofUser.add(connection);
    }

    synchronized void remove(UserPrincipal user, ClientConnection connection) {
        Set<ClientConnection> ofUser = byUser.get(user);
        if (ofUser != null && ofUser.remove(connection) && ofUser.isEmpty()) {
            byUser.remove(user);
        }
    }
}
