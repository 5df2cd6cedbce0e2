package dev.patchbay.engine.server;

import dev.patchbay.engine.protocol.Frames;
import dev.patchbay.engine.protocol.ProtocolException;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashMap;
import java.util.Map;

/// Limits the memory for requests of all connections together, from their first byte to their answer. No
/// user can use all of it. Thread-safe.
public final class RequestMemory {
    /// In bytes as sent; the parsed objects may be ten times as large.
    static final int MAX_BYTES = 4 << 20;

    static final int MAX_BYTES_PER_USER = MAX_BYTES / 2;

    private final Map<UserPrincipal, Integer> byUser = new HashMap<>();
    private int used;

    /// The share of one connection.
    public Share shareOf(UserPrincipal user) {
        return new Share(user);
    }

    private synchronized boolean reserve(UserPrincipal user, int bytes) {
        int ofUser = byUser.getOrDefault(user, 0) + bytes;
        if (ofUser > MAX_BYTES_PER_USER || used + bytes > MAX_BYTES) {
            return false;
        }
        byUser.put(user, ofUser);
        used += bytes;
        return true;
    }

    private synchronized void release(UserPrincipal user, int bytes) {
        if (byUser.merge(user, -bytes, Integer::sum) == 0) {
            byUser.remove(user);
        }
        used -= bytes;
    }

    final class Share implements Frames.MemoryBudget {
        private final UserPrincipal user;
        private int held;

        private Share(UserPrincipal user) {
            this.user = user;
        }

        @Override
        public void reserve(int bytes) throws ProtocolException {
            if (!RequestMemory.this.reserve(user, bytes)) {
                throw new ProtocolException("the helper has no room for a request of this length beside those that it"
                        + " works on: try again when they are answered");
            }
            held += bytes;
        }

        void release() {
            if (held > 0) {
                RequestMemory.this.release(user, held);
                held = 0;
            }
        }
    }
}
