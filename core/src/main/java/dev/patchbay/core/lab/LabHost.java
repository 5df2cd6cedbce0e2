package dev.patchbay.core.lab;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.compose.ComposeWriter;
import dev.patchbay.core.compose.Project;
import dev.patchbay.core.compose.ProjectHost;
import dev.patchbay.core.compose.difference.ComposeGoal;
import dev.patchbay.core.compose.difference.ProjectComparer;
import dev.patchbay.core.compose.difference.ProjectDifference;
import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.helper.HelperState;
import dev.patchbay.core.helper.HelperTracer;
import dev.patchbay.core.helper.SpecAddresses;
import dev.patchbay.core.helper.SpecPlanner;
import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.core.host.LogQuery;
import dev.patchbay.core.host.PreviewIds;
import dev.patchbay.core.inspect.ContainerDocument;
import dev.patchbay.core.inspect.NetworkDocument;
import dev.patchbay.core.ipam.AddressMap;
import dev.patchbay.core.ipam.DefaultPools;
import dev.patchbay.core.ipam.PoolAllocator;
import dev.patchbay.core.lab.plan.ChangePlans;
import dev.patchbay.core.lab.plan.HistoryPlans;
import dev.patchbay.core.lab.plan.PredefinedNetworks;
import dev.patchbay.core.lab.state.ActivityEvents;
import dev.patchbay.core.lab.state.LabTopologyBuilder;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.ContainerSize;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.HostEvent;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.naming.LabImage;
import dev.patchbay.core.naming.NameLookup;
import dev.patchbay.core.reachability.ReachabilityRequest;
import dev.patchbay.core.reachability.TracedPath;
import dev.patchbay.core.refusal.ContainerRefusals;
import dev.patchbay.core.refusal.HistoryRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.Version;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.kernel.NetnsState;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.protocol.ProbeSource;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.PlannedStep;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The networks behind one helper: decides here, in the person's own process, and sends the helper finished
/// specs.
///
/// A plan is made against the newest revision and sent with it; when another client was faster the helper
/// refuses it and the plan is made again. So no two clients ever hand out the same name, address, subnet or
/// port.
public final class LabHost implements ConnectedHost {
    private final HelperSession session;
    private final PreviewIds previewIds = new PreviewIds();

    /// Connects to the helper that listens on this socket, and gives the host its first three networks if it
    /// has none.
    public static LabHost connect(Path socket) throws EngineException {
        return new LabHost(HelperSession.connect(socket));
    }

    LabHost(HelperSession session) throws EngineException {
        this.session = session;
        try {
            checkVersion();
            session.execute(PredefinedNetworks::plan, Id.random());
        } catch (RefusedException refused) {
            session.close();
            throw new EngineException(
                    "make the predefined networks", refused.refusal().sentence());
        } catch (EngineException e) {
            session.close();
            throw e;
        }
    }

    @Override
    public Topology topology() throws EngineException {
        return buildTopology(session.stateWithActivity());
    }

    @Override
    public Outcome preview(Change change) throws EngineException {
        return preview(ChangePlans.of(change), previewIds.forPreview(change));
    }

    @Override
    public Outcome apply(Change change) throws EngineException {
        return execute(ChangePlans.of(change), previewIds.forApply(change));
    }

    @Override
    public Outcome preview(HistoryAction action) throws EngineException {
        return preview(HistoryPlans.of(action), Id.random());
    }

    /// An action that no longer fits what is there is passed over from then on.
    @Override
    public Outcome apply(HistoryAction action) throws EngineException {
        Outcome outcome = execute(HistoryPlans.of(action), Id.random());
        if (outcome instanceof Outcome.Refused(Refusal refusal)
                && refusal.code().equals(HistoryRefusals.NOT_APPLICABLE)) {
            execute(HistoryPlans.passOver(action), Id.random());
        }
        return outcome;
    }

    private Outcome execute(SpecPlanner planner, Id seed) throws EngineException {
        try {
            return session.execute(planner, seed);
        } catch (RefusedException refused) {
            return new Outcome.Refused(refused.refusal());
        }
    }

    private Outcome preview(SpecPlanner planner, Id seed) throws EngineException {
        try {
            return session.preview(planner, seed);
        } catch (RefusedException refused) {
            return new Outcome.Refused(refused.refusal());
        }
    }

    @Override
    public Optional<Pool> proposePool() throws EngineException {
        HelperState state = session.state();
        try {
            return Optional.of(
                    PoolAllocator.pool(PoolRequest.ANY, SpecAddresses.subnets(state.specs()), state.kernel()));
        } catch (RefusedException noFreeSubnet) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> networkDrivers() {
        return Stream.of(Driver.values())
                .filter(Driver::hasEndpoints)
                .map(Driver::toString)
                .toList();
    }

    @Override
    public Optional<Cidr> proposeAddress(String network) throws EngineException {
        Specs specs = session.state().specs();
        try {
            return SpecAddresses.allocator(NameLookup.network(specs, network), specs)
                    .addresses(EndpointRequest.on(network))
                    .stream()
                    .findFirst();
        } catch (RefusedException noneToGive) {
            return Optional.empty();
        }
    }

    @Override
    public AddressMap addressMap() throws EngineException {
        return AddressMap.of(topology(), DefaultPools.pools(), session.host().routing());
    }

    @Override
    public List<PlannedStep> repair(boolean dryRun) throws EngineException {
        return session.repair(dryRun);
    }

    @Override
    public void autoRepair(boolean on) throws EngineException {
        session.autoRepair(on);
    }

    @Override
    public HostRules counters() throws EngineException {
        return session.rules();
    }

    @Override
    public List<Listener> listeners() throws EngineException {
        return session.listeners(PortRange.ALL);
    }

    @Override
    public Optional<List<Listener>> listeners(Id container) throws EngineException {
        return Optional.ofNullable(session.netns(new ProbeSource.Sandbox(container)))
                .map(NetnsState::listeners);
    }

    @Override
    public TracedPath explain(ReachabilityRequest request) throws EngineException, RefusedException {
        return HelperTracer.explain(
                request, LabTopologyBuilder.of(session.state(), List.of()), session, ProbeSource.Sandbox::new);
    }

    @Override
    public ObjectNode inspectNetwork(String network) throws EngineException, RefusedException {
        Specs specs = session.state().specs();
        return NetworkDocument.of(NameLookup.network(specs, network), specs);
    }

    @Override
    public ObjectNode inspectContainer(String container) throws EngineException, RefusedException {
        HelperState state = session.state();
        SandboxSpec sandbox = NameLookup.container(state.specs(), container);
        return ContainerDocument.of(sandbox, state.specs(), state.status(sandbox.id()));
    }

    private enum LabProjectHost implements ProjectHost {
        INSTANCE;

        /// A Lab's images set neither variables nor labels.
        @Override
        public Optional<ImageDefaults> image(String name, List<String> command) throws RefusedException {
            return Optional.of(new ImageDefaults(LabImage.resolve(name, command).command(), List.of(), Map.of()));
        }

        @Override
        public boolean changesInPlace() {
            return true;
        }
    }

    @Override
    public ProjectDifference compareProject(Project project, ComposeGoal goal)
            throws EngineException, RefusedException {
        return ProjectComparer.compare(
                project, LabTopologyBuilder.of(session.state(), List.of()), goal, LabProjectHost.INSTANCE);
    }

    @Override
    public String exportCompose(String project) throws EngineException, RefusedException {
        return ComposeWriter.write(project, LabTopologyBuilder.of(session.state(), List.of()), LabProjectHost.INSTANCE);
    }

    @Override
    public AutoCloseable watch(Consumer<Topology> changed, Consumer<Boolean> answers, Consumer<EngineException> lost)
            throws EngineException {
        return LabWatch.start(
                session.sharing(),
                new LabWatch.Listener(picture -> changed.accept(buildTopology(picture)), answers, lost));
    }

    @Override
    public List<HostEvent> events() throws EngineException {
        return eventsSince(0, session.stateWithActivity());
    }

    @Override
    public AutoCloseable events(Consumer<HostEvent> happened, Consumer<EngineException> lost) throws EngineException {
        long[] last = {session.stateWithActivity().lastActivityNumber()};
        Consumer<HelperSession.StateWithActivity> changed = picture -> {
            eventsSince(last[0], picture).forEach(happened);
            last[0] = Math.max(last[0], picture.lastActivityNumber());
        };
        return LabWatch.start(session.sharing(), new LabWatch.Listener(changed, null, lost));
    }

    private static List<HostEvent> eventsSince(long number, HelperSession.StateWithActivity picture) {
        return ActivityEvents.since(number, picture.activity(), picture.state().specs());
    }

    private static Topology buildTopology(HelperSession.StateWithActivity picture) {
        return LabTopologyBuilder.of(picture.state(), picture.activity());
    }

    /// A sandbox writes to the host's own disk.
    @Override
    public Map<Id, ContainerSize> containerSizes() {
        return Map.of();
    }

    @Override
    public void log(String container, LogQuery query, OutputStream out, OutputStream err)
            throws EngineException, RefusedException, IOException {
        new SandboxLogReader(session, containerId(container), out).copy(query);
    }

    @Override
    public void signal(String container, int signal) throws EngineException, RefusedException {
        Id id = containerId(container);
        try {
            session.signal(id, signal, "kill " + container);
        } catch (RefusedException notRunning) {
            throw ContainerRefusals.killStopped(container, id);
        }
    }

    private Id containerId(String container) throws EngineException, RefusedException {
        return NameLookup.container(session.state().specs(), container).id();
    }

    @Override
    public void close() {
        session.close();
    }

    /// Specs of another version may mean something else.
    private void checkVersion() throws EngineException {
        String helperVersion = session.version();
        if (!helperVersion.equals(Version.current())) {
            throw new EngineException(
                    "greet the helper",
                    "it is version " + helperVersion + " and this is " + Version.current()
                            + "; `patchbay lab down` ends it, and the next command starts the right one");
        }
    }
}
