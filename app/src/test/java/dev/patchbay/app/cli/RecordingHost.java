package dev.patchbay.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.compose.Project;
import dev.patchbay.core.compose.ProjectHost;
import dev.patchbay.core.compose.difference.ComposeGoal;
import dev.patchbay.core.compose.difference.ProjectDifference;
import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.core.host.LogQuery;
import dev.patchbay.core.ipam.AddressMap;
import dev.patchbay.core.ipam.DefaultPools;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Stands in for a host where only the way of a command to it, and of its answer back, is of interest.
class RecordingHost implements ConnectedHost {
    final List<Change> applied = new ArrayList<>();
    private final Topology topology;
    final List<String> repairs = new ArrayList<>();
    private final Map<Change, Refusal> refusals;

    @Nullable
    Refusal repairRefusal;

    RecordingHost(Topology topology, Map<Change, Refusal> refusals) {
        this.topology = topology;
        this.refusals = refusals;
    }

    @Override
    public Topology topology() {
        return topology;
    }

    @Override
    public Outcome preview(Change change) {
        return answer(change);
    }

    @Override
    public Outcome apply(Change change) {
        applied.add(change);
        return answer(change);
    }

    private Outcome answer(Change change) {
        Refusal refusal = refusals.get(change);
        return refusal == null
                ? new Outcome.Done("subject", "title", List.of(new PlannedStep("a step", List.of("ip link"))), 1)
                : new Outcome.Refused(refusal);
    }

    @Override
    public Outcome preview(HistoryAction action) {
        return apply(action);
    }

    @Override
    public Outcome apply(HistoryAction action) {
        return switch (action) {
            case UNDO -> new Outcome.Refused(Refusal.of("nothing-to-undo", "Nothing to undo"));
            case REDO -> new Outcome.Done("", "patchbay run web01", List.of(), 1);
        };
    }

    @Override
    public List<String> networkDrivers() {
        return List.of("bridge", "macvlan");
    }

    @Override
    public Optional<Cidr> proposeAddress(String network) {
        return Optional.empty();
    }

    @Override
    public Optional<Pool> proposePool() {
        return Optional.empty();
    }

    @Override
    public AddressMap addressMap() {
        return AddressMap.of(topology(), DefaultPools.pools(), null);
    }

    @Override
    public void autoRepair(boolean on) {
        repairs.add("auto " + on);
    }

    @Override
    public List<PlannedStep> repair(boolean dryRun) throws RefusedException {
        if (repairRefusal != null) {
            throw new RefusedException(repairRefusal);
        }
        repairs.add(dryRun ? "dry run" : "repair");
        return List.of();
    }

    @Override
    public HostRules counters() throws EngineException {
        throw new EngineException("read the rules", "Permission denied", 13, null);
    }

    @Override
    public List<Listener> listeners() {
        return List.of();
    }

    @Override
    public TracedPath explain(ReachabilityRequest inquiry) throws RefusedException {
        throw RefusedException.of("container-not-found", "No such container: " + inquiry.from());
    }

    @Override
    public ObjectNode inspectNetwork(String network) throws RefusedException {
        throw new RefusedException(Refusal.of("network-not-found", "network " + network + " not found"));
    }

    @Override
    public ObjectNode inspectContainer(String container) throws RefusedException {
        throw new RefusedException(Refusal.of("container-not-found", "No such container: " + container));
    }

    @Override
    public ProjectDifference compareProject(Project project, ComposeGoal aim) throws RefusedException {
        return new ProjectDifference(
                List.of(), List.of(), new Change.Batch(List.of(), List.of()), ProjectHost.Undo.WHOLE);
    }

    @Override
    public String exportCompose(String project) {
        return "name: " + project + "\n";
    }

    @Override
    public List<HostEvent> events() {
        return List.of();
    }

    @Override
    public AutoCloseable events(Consumer<HostEvent> happened, Consumer<EngineException> lost) {
        return () -> {};
    }

    @Override
    public Map<Id, ContainerSize> containerSizes() {
        return Map.of();
    }

    @Override
    public void log(String container, LogQuery query, OutputStream out, OutputStream err) throws IOException {
        // Nothing was written.
    }

    @Override
    public void signal(String container, int signal) {
        // Nothing runs here that could hear it.
    }

    @Override
    public AutoCloseable watch(Consumer<Topology> changed, Consumer<Boolean> answers, Consumer<EngineException> lost) {
        return () -> {};
    }

    @Override
    public void close() {}
}
