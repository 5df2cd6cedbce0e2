package dev.patchbay.core.docker.machine;

import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.helper.HelperState;
import dev.patchbay.core.refusal.ExternalPublishRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.GoneRule;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.kernel.NetnsState;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.protocol.ProbeSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Access to the kernel of an engine's host.
public interface MachineAccess extends AutoCloseable {
    /// Links, addresses and routes, and what is recorded there of ports that Patchbay publishes, if they can be read
    /// without asking for more rights.
    Optional<HelperState> state() throws EngineException;

    /// Names of the links, as far as they can be read; starts nothing.
    Set<String> links() throws EngineException;

    /// The helper, started if necessary.
    ///
    /// @throws RefusedException when there is nobody, with the reason
    HelperSession helper() throws EngineException, RefusedException;

    /// Returns if it is proved that the engine runs on the machine that [#helper] changes. Needed before
    /// anything is created there for the engine; removing needs no proof.
    ///
    /// @param linked whether its networks must be on that machine too, and not only the processes of its
    ///     containers
    /// @throws RefusedException when there is no proof
    void requireVerified(boolean linked) throws EngineException, RefusedException;

    /// Starts a process that follows the containers with such ports, unless one runs.
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

    /// As [HelperSession#goneEngineRules], where there is a reader.
    default List<GoneRule> goneEngineRules() throws EngineException {
        Optional<HelperSession> reader = reader();
        return reader.isPresent() ? reader.get().goneEngineRules() : List.of();
    }

    default List<Listener> listeners() throws EngineException {
        Optional<HelperSession> reader = reader();
        return reader.isPresent() ? reader.get().listeners(PortRange.ALL) : List.of();
    }

    /// As [HelperSession#hostLinks], where there is a reader.
    default Map<Long, List<String>> hostLinks(List<Long> processes) throws EngineException {
        Optional<HelperSession> reader = reader();
        return reader.isPresent() ? reader.get().hostLinks(processes) : Map.of();
    }

    /// Links of the host, read from the kernel now; empty where there is no reader.
    default Optional<List<KernelState.Link>> currentLinks() throws EngineException {
        Optional<HelperSession> reader = reader();
        return reader.isPresent()
                ? Optional.ofNullable(reader.get().netns(new ProbeSource.Host()))
                        .map(NetnsState::links)
                : Optional.empty();
    }

    /// As [HelperSession#watch], where there is a reader.
    default AutoCloseable watch(Runnable changed, Consumer<Boolean> answers) throws EngineException {
        Optional<HelperSession> reader = reader();
        return reader.isPresent() ? reader.get().watch(changed, answers) : () -> {};
    }

    @Override
    void close();

    /// No access: for another machine, or a user without rights.
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
