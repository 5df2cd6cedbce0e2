package dev.patchbay.core.host;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.compose.Project;
import dev.patchbay.core.compose.difference.ComposeGoal;
import dev.patchbay.core.compose.difference.ProjectDifference;
import dev.patchbay.core.ipam.AddressMap;
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

/// The interface of one host, and the only one that the app calls.
///
/// Every method is thread-safe and blocks until the host has answered. A refused change returns
/// [Outcome.Refused]; any other refused request throws [RefusedException]. The request was wrong, or
/// this host cannot do it, and the refusal says why. An [EngineException] means that the helper has
/// ended or is silent, or that the kernel failed. Nothing changed then, unless its kind says that the
/// outcome is unknown.
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

    /// The exact steps of a change, without running them.
    Outcome preview(Change change) throws EngineException;

    Outcome apply(Change change) throws EngineException;

    /// The exact steps of an undo or redo, none of them run.
    Outcome preview(HistoryAction action) throws EngineException;

    Outcome apply(HistoryAction action) throws EngineException;

    /// The subnet and gateway that the host would choose for a new network now; empty when all are
    /// taken.
    Optional<Pool> proposePool() throws EngineException;

    /// Names of the drivers that the host has for new networks with endpoints, its default first. An engine may have
    /// more: a plugin that it has not used yet.
    List<String> networkDrivers() throws EngineException;

    /// The first address that the host would choose for a container on this network now; empty when none
    /// is free, or when the network has none.
    Optional<Cidr> proposeAddress(String network) throws EngineException;

    /// The pools, networks and routes of the host, with what is free and what overlaps.
    AddressMap addressMap() throws EngineException;

    /// Repairs the kernel to match the records, and puts rules of Docker back that are gone; with `dryRun` only returns
    /// the steps.
    List<PlannedStep> repair(boolean dryRun) throws EngineException, RefusedException;

    /// Lets problems be repaired as soon as they are seen, or no longer.
    void autoRepair(boolean on) throws EngineException, RefusedException;

    /// The present rules and links with their counters.
    HostRules counters() throws EngineException;

    /// The listening sockets of the host, with their owners.
    List<Listener> listeners() throws EngineException;

    /// The listening sockets in a container's network namespace, with their owners; empty when it does
    /// not run, or when its namespace may not be read.
    default Optional<List<Listener>> listeners(Id container) throws EngineException {
        return Optional.empty();
    }

    /// Explains why one peer can, or cannot, reach another. With a probe it also sends one packet, and
    /// waits a moment for the answer.
    TracedPath explain(ReachabilityRequest request) throws EngineException, RefusedException;

    /// Docker's inspect document (a JSON object) of a network, container, by name, id or unique prefix.
    ObjectNode inspectNetwork(String network) throws EngineException, RefusedException;

    ObjectNode inspectContainer(String container) throws EngineException, RefusedException;

    /// The differences between this host and a Compose file. The change that removes them goes to
    /// [#preview] and [#apply], as any other change.
    ProjectDifference compareProject(Project project, ComposeGoal goal) throws EngineException, RefusedException;

    /// What this host has, as the text of a Compose file.
    ///
    /// @param project name of the project of the file; objects of other projects are left out
    String exportCompose(String project) throws EngineException, RefusedException;

    /// Calls the listener, on a thread of the host's, with the present topology and with each new one,
    /// until the returned handle is closed. `lost` is called once when the connection ends.
    ///
    /// @param answers called with false when the host has been silent for a moment, within three
    ///     seconds, and with true when it answers again
    AutoCloseable watch(Consumer<Topology> changed, Consumer<Boolean> answers, Consumer<EngineException> lost)
            throws EngineException;

    /// Without a listener for silence.
    default AutoCloseable watch(Consumer<Topology> changed, Consumer<EngineException> lost) throws EngineException {
        return watch(changed, _ -> {}, lost);
    }

    /// The events that the helper remembers, oldest first.
    List<HostEvent> events() throws EngineException;

    /// Calls the listener, on a thread of the host's, with each event from now on, until the returned
    /// handle is closed. `lost` is called once when the connection ends, or the host stays silent.
    AutoCloseable events(Consumer<HostEvent> happened, Consumer<EngineException> lost) throws EngineException;

    /// The size of each container on the disk, which an engine takes long to compute.
    Map<Id, ContainerSize> containerSizes() throws EngineException;

    /// Copies the output of a container's command as it arrives.
    ///
    /// @param out gets both streams for a container with a terminal, and for a Lab's
    /// @throws IOException when `out` or `err` cannot be written
    void log(String container, LogQuery query, OutputStream out, OutputStream err)
            throws EngineException, RefusedException, IOException;

    /// Sends a signal to a container's command.
    void signal(String container, int signal) throws EngineException, RefusedException;

    @Override
    void close();
}
