package dev.patchbay.core.plan;

import dev.patchbay.core.naming.Identities;
import dev.patchbay.core.ports.HostPorts;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.protocol.Listener;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.spec.Specs;
import java.time.Instant;
import java.util.List;

/// What a plan is made against: one snapshot, and the host's sockets when the plan needs them.
public record Situation(Reply.State state, Specs specs, Sockets sockets, Identities ids, Instant now) {

    /// Reads the sockets of the host; only plans that bring ports into force do.
    @FunctionalInterface
    public interface Sockets {
        List<Listener> read() throws EngineException;
    }

    public static Situation of(Reply.State state, Sockets sockets, Identities ids, Instant now) {
        return new Situation(state, Specs.of(state.specs()), sockets, ids, now);
    }

    /// The host's ports as far as these specs have them in force.
    HostPorts hostPorts(Specs base) throws EngineException {
        return new HostPorts(base, state.kernel(), sockets.read());
    }
}
