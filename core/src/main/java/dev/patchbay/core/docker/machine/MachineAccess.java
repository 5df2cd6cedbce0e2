package dev.patchbay.core.docker.machine;

import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.helper.HelperState;
import dev.patchbay.core.refusal.ExternalPublishRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.net.PortRange;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The kernel's side of an engine's host, as far as it may be looked at.
public interface MachineAccess extends AutoCloseable {
    /// Links, addresses and routes, and what is recorded there of ports that Patchbay publishes, if they can be read
    /// without asking for more rights.
    Optional<HelperState> state() throws EngineException;

    /// Names of the links there, as far as they can be read; nothing is started for it.
    Set<String> links() throws EngineException;

    /// Who changes something there, started if need be.
    ///
    /// @throws RefusedException when there is nobody, with the reason
    HelperSession helper() throws EngineException, RefusedException;

    /// Returns if it is proved that the engine runs where [#helper] changes something: for whatever is about to be
    /// made for it there. What is there already may be taken away without.
    ///
    /// @param linked its networks are here as well, and not only processes of its containers
    /// @throws RefusedException when it is not
    void requireVerified(boolean linked) throws EngineException, RefusedException;

    /// Makes sure that somebody follows what becomes of containers with such ports while nobody looks.
    ///
    /// @param engine address of their engine
    void startFollower(String engine) throws EngineException;

    /// Who reads rules and sockets, started if need be; empty when they may not be read.
    Optional<HelperSession> reader() throws EngineException;

    /// Rules and links with their counters; of no firewall when they may not be read.
    default HostRules counters() throws EngineException {
        Optional<HelperSession> reader = reader();
        return reader.isPresent()
                ? reader.get().rules()
                : new HostRules(System.nanoTime(), "", List.of(), List.of(), List.of(), List.of());
    }

    default List<Listener> listeners() throws EngineException {
        Optional<HelperSession> reader = reader();
        return reader.isPresent() ? reader.get().listeners(PortRange.ALL) : List.of();
    }

    /// As [HelperSession#watch], where there is a reader.
    default AutoCloseable watch(Runnable changed, Consumer<Boolean> answers) throws EngineException {
        Optional<HelperSession> reader = reader();
        return reader.isPresent() ? reader.get().watch(changed, answers) : () -> {};
    }

    @Override
    void close();

    /// Where nothing can be seen: another machine, or one whose rules are not for this user.
    static MachineAccess none() {
        return new MachineAccess() {
            @Override
            public Optional<HelperState> state() {
                return Optional.empty();
            }

            @Override
            public Set<String> links() {
                return Set.of();
            }

            @Override
            public HelperSession helper() throws RefusedException {
                throw ExternalPublishRefusals.engineOnOtherMachine();
            }

            @Override
            public void requireVerified(boolean linked) throws RefusedException {
                throw ExternalPublishRefusals.engineOnOtherMachine();
            }

            @Override
            public void startFollower(String engine) {
                // There is nothing to follow.
            }

            @Override
            public Optional<HelperSession> reader() {
                return Optional.empty();
            }

            @Override
            public void close() {
                // There is nothing.
            }
        };
    }
}
