package dev.patchbay.core.docker;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.protocol.KernelState;
import dev.patchbay.engine.protocol.Listener;
import dev.patchbay.engine.protocol.Reply;
import java.util.List;
import java.util.Optional;

/// The kernel's side of an engine's host, as far as it may be looked at.
public interface HostSide extends AutoCloseable {
    /// Links, addresses and routes, if they can be read without asking for more rights.
    Optional<KernelState> kernel() throws EngineException;

    /// Rules and links with their counters; of no firewall when they may not be read.
    Reply.CounterSample counters() throws EngineException;

    List<Listener> listeners() throws EngineException;

    /// Calls `changed` after each change of links, addresses, routes or rules, until the handle is closed.
    AutoCloseable watch(Runnable changed) throws EngineException;

    @Override
    void close();

    /// Where nothing can be seen: another machine, or one whose rules are not for this user.
    static HostSide unseen() {
        return new HostSide() {
            @Override
            public Optional<KernelState> kernel() {
                return Optional.empty();
            }

            @Override
            public Reply.CounterSample counters() {
                return new Reply.CounterSample(System.nanoTime(), "", List.of(), List.of(), List.of());
            }

            @Override
            public List<Listener> listeners() {
                return List.of();
            }

            @Override
            public AutoCloseable watch(Runnable changed) {
                return () -> {};
            }

            @Override
            public void close() {
                // There is nothing.
            }
        };
    }
}
