package dev.patchbay.core.host;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.compose.Project;
import dev.patchbay.core.compose.difference.ComposeGoal;
import dev.patchbay.core.compose.difference.ProjectDifference;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.ContainerSize;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.HostEvent;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.reachability.ReachabilityRequest;
import dev.patchbay.core.reachability.TracedPath;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.status.PlannedStep;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// One host's networks: the only thing the app calls.
///
/// Every method may be called from any thread and blocks until the helper has answered. A refused request is an
/// [Outcome.Refused] of a change, and a [RefusedException] of anything else: the request was wrong, or this host
/// cannot do it, and the refusal says why. An [EngineException] means that the helper is gone or silent or the kernel
/// failed, and that nothing changed unless its kind says that the outcome is unknown.
public interface ConnectedHost extends AutoCloseable {

    /// Why this kind of host cannot do something; empty when it can. Asks nobody, so it answers at once.
    default Optional<Refusal> unavailable(HostCapability capability) {
        return Optional.empty();
    }

    /// @throws RefusedException when this kind of host cannot do it
    default void require(HostCapability capability) throws RefusedException {
        Optional<Refusal> refusal = unavailable(capability);
        if (refusal.isPresent()) {
            throw new RefusedException(refusal.get());
        }
    }

    /// The newest snapshot, read from the helper now.
    Topology topology() throws EngineException;

    /// The exact steps of a change, none of them run.
    Outcome preview(Change change) throws EngineException;

    Outcome apply(Change change) throws EngineException;

    /// The exact steps of an undo or redo, none of them run.
    Outcome preview(HistoryAction action) throws EngineException;

    Outcome apply(HistoryAction action) throws EngineException;

    /// The subnet and gateway that a new network would get now if nobody chose them; empty when every one is taken.
    Optional<Pool> proposePool() throws EngineException;

    /// The first address that a container would get on this network now if nobody chose it; empty when none is
    /// free, or when the network gives none.
    Optional<Cidr> proposeAddress(String network) throws EngineException;

    /// Makes the kernel match the records again; with `dryRun` only says how.
    List<PlannedStep> repair(boolean dryRun) throws EngineException;

    /// Lets problems be repaired as soon as they are seen, or no longer.
    void autoRepair(boolean on) throws EngineException, RefusedException;

    /// Rules and links with their counters, now.
    HostRules counters() throws EngineException;

    /// Sockets of the host that hold a port, with their owners.
    List<Listener> listeners() throws EngineException;

    /// Why one end can, or cannot, reach another. With a probe one packet is sent as well, and waited for a moment.
    TracedPath explain(ReachabilityRequest inquiry) throws EngineException, RefusedException;

    /// Docker's inspect document (a JSON object) of a network, container, by name, id or unique prefix.
    ObjectNode inspectNetwork(String network) throws EngineException, RefusedException;

    ObjectNode inspectContainer(String container) throws EngineException, RefusedException;

    /// How this host differs from what a Compose file asks for. The change that makes it so goes to [#preview] and
    /// [#apply] like any other.
    ProjectDifference compareProject(Project project, ComposeGoal aim) throws EngineException, RefusedException;

    /// What this host has, as the text of a Compose file.
    ///
    /// @param project name of the project that the file is of; what other projects have is left out
    String exportCompose(String project) throws EngineException, RefusedException;

    /// Calls the listener, on a thread of the host's, with each new snapshot, first with the present one, until
    /// the returned handle is closed. `lost` is called once when the host goes away.
    ///
    /// @param answers called with false when the host has been silent for a moment, within three seconds, and with
    ///     true when it says something again
    AutoCloseable watch(Consumer<Topology> changed, Consumer<Boolean> answers, Consumer<EngineException> lost)
            throws EngineException;

    /// As the other, for whoever only waits while the host is silent.
    default AutoCloseable watch(Consumer<Topology> changed, Consumer<EngineException> lost) throws EngineException {
        return watch(changed, _ -> {}, lost);
    }

    /// What happened, as far back as the helper remembers, oldest first.
    List<HostEvent> events() throws EngineException;

    /// Calls the listener, on a thread of the host's, with each event that happens from now on, until the
    /// returned handle is closed. `lost` is called once when the host goes away, or stays silent.
    AutoCloseable events(Consumer<HostEvent> happened, Consumer<EngineException> lost) throws EngineException;

    /// What each container has on the disk, which takes an engine long to count.
    Map<Id, ContainerSize> containerSizes() throws EngineException;

    /// Copies what a container's command wrote, as it comes.
    ///
    /// @param out gets both streams of a container with a terminal, and of a Lab's
    /// @throws IOException when `out` or `err` takes no more
    void log(String container, LogQuery query, OutputStream out, OutputStream err)
            throws EngineException, RefusedException, IOException;

    /// Sends a container's command a signal.
    void signal(String container, int signal) throws EngineException, RefusedException;

    @Override
    void close();
}
