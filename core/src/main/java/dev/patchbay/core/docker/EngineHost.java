package dev.patchbay.core.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.compose.ComposeWriter;
import dev.patchbay.core.compose.Project;
import dev.patchbay.core.compose.ProjectHost;
import dev.patchbay.core.compose.difference.ComposeGoal;
import dev.patchbay.core.compose.difference.ProjectComparer;
import dev.patchbay.core.compose.difference.ProjectDifference;
import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.config.DockerHost;
import dev.patchbay.core.docker.config.RegistryCredentials;
import dev.patchbay.core.docker.machine.MachineAccess;
import dev.patchbay.core.docker.machine.VerifiedMachineAccess;
import dev.patchbay.core.docker.network.EngineSubnetPools;
import dev.patchbay.core.docker.plan.DockerPlan;
import dev.patchbay.core.docker.plan.UnsupportedRefusals;
import dev.patchbay.core.docker.port.ExternalPublisher;
import dev.patchbay.core.docker.state.EngineEvents;
import dev.patchbay.core.docker.state.EngineSession;
import dev.patchbay.core.docker.state.EngineSession.RunningContainer;
import dev.patchbay.core.docker.state.EngineState;
import dev.patchbay.core.docker.state.EngineWatch;
import dev.patchbay.core.docker.state.PodmanNormalizer;
import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.helper.HelperTracer;
import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.core.host.HostCapability;
import dev.patchbay.core.host.LogQuery;
import dev.patchbay.core.host.PreviewIds;
import dev.patchbay.core.inspect.JsonValues;
import dev.patchbay.core.ipam.AddressMap;
import dev.patchbay.core.ipam.DefaultPools;
import dev.patchbay.core.ipam.SubnetPool;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.ContainerSize;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.HostEvent;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.NetworkDriver;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.ports.PortRefusals;
import dev.patchbay.core.reachability.ReachabilityRequest;
import dev.patchbay.core.reachability.TracedPath;
import dev.patchbay.core.refusal.ExternalPublishRefusals;
import dev.patchbay.core.refusal.HistoryRefusals;
import dev.patchbay.core.refusal.ReachabilityRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.core.refusal.RootlessRefusals;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.kernel.NetnsState;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.protocol.ProbeSource;
import dev.patchbay.engine.status.ActivityKind;
import dev.patchbay.engine.status.PlannedStep;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The networks of a real engine. Everything is read from it and done by it; what Patchbay did can be taken back
/// where an inverse exists.
public final class EngineHost implements ConnectedHost {
    private static final int ATTEMPTS = 8;

    private final DockerEngine engine;
    private final MachineAccess machine;
    private final EngineHistory history;
    private final AttachedNetworkExecutor attachedNetworks;
    private final CurrentPlans plans;
    private final PlanRunner runner;
    private final Repair engineRepair;
    private final EngineTopologyReader topologyReader;
    private final EngineSession session;
    private final PreviewIds previewIds = new PreviewIds();

    private EngineHost(
            EngineSession session,
            MachineAccess hostSide,
            Map<String, String> environment,
            EngineHistory history,
            Consumer<String> progress) {
        this.session = session;
        this.engine = session.engine();
        this.machine = hostSide;
        this.history = history;
        this.topologyReader = new EngineTopologyReader(session, hostSide, history);
        this.attachedNetworks = new AttachedNetworkExecutor(session, hostSide);
        ExternalPublisher externalPublisher = new ExternalPublisher(session, hostSide);
        this.plans = new CurrentPlans(session, new EngineCapabilities(engine, externalPublisher, attachedNetworks));
        RegistryCredentials credentials = new RegistryCredentials(environment, engine.isPodman());
        this.runner = new PlanRunner(engine, externalPublisher, attachedNetworks, credentials, history, progress);
        this.engineRepair = new Repair(hostSide, plans, topologyReader, runner);
    }

    /// @param hostSide of the machine that the engine runs on; closed with this
    /// @param silence after which an engine that does not answer is given up
    /// @param environment of the person, which leads to the credentials of registries, and to the history
    /// @param progress hears how a long step comes along, as the lines of a pull
    public static EngineHost connect(
            DockerHost host,
            MachineAccess hostSide,
            Duration silence,
            Map<String, String> environment,
            Consumer<String> progress)
            throws EngineException {
        DockerEngine engine = DockerEngine.connect(host.address(), host.tls(), silence);
        try {
            return connect(engine, hostSide, environment, EngineHistory.of(engine, environment), progress);
        } catch (EngineException e) {
            engine.close();
            throw e;
        }
    }

    static EngineHost connect(
            DockerEngine engine,
            MachineAccess hostSide,
            Map<String, String> environment,
            EngineHistory history,
            Consumer<String> progress) {
        EngineSession session = new EngineSession(engine);
        return new EngineHost(session, new VerifiedMachineAccess(hostSide, session), environment, history, progress);
    }

    @Override
    public Topology topology() throws EngineException {
        return topologyReader.read(session.freshState());
    }

    @Override
    public Outcome preview(Change change) throws EngineException {
        try {
            return asPreview(plans.plan(change, previewIds.forPreview(change)));
        } catch (RefusedException refused) {
            return new Outcome.Refused(refused.refusal());
        }
    }

    /// Planned again when another client was faster.
    @Override
    public Outcome apply(Change change) throws EngineException {
        Id seed = previewIds.forApply(change);
        return runner.runSerially(() -> {
            for (int attempt = 1; ; attempt++) {
                Outcome outcome = attempt(change, seed);
                if (attempt == ATTEMPTS || !isStale(outcome)) {
                    return withPortHolder(outcome);
                }
            }
        });
    }

    private Outcome attempt(Change change, Id seed) throws EngineException {
        try {
            return runner.run(plans.plan(change, seed), ActivityKind.ACTION, 0);
        } catch (RefusedException refused) {
            return new Outcome.Refused(refused.refusal());
        }
    }

    /// An engine does not say who holds the host port that it cannot have.
    private Outcome withPortHolder(Outcome outcome) throws EngineException {
        return outcome instanceof Outcome.Refused(Refusal refusal) && PortRefusals.isPortTaken(refusal)
                ? new Outcome.Refused(PortRefusals.withHolder(refusal, topology(), listeners()))
                : outcome;
    }

    /// What was chosen for a change may be another's when it is made: then nothing was made.
    private static boolean isStale(Outcome outcome) {
        return outcome instanceof Outcome.Refused(Refusal refusal)
                && (refusal.code().equals(HistoryRefusals.NOT_APPLICABLE)
                        || refusal.code().equals(Refusal.INCONSISTENT));
    }

    private static Outcome asPreview(DockerPlan plan) {
        return new Outcome.Done("", plan.title(), plan.planned(), 0);
    }

    @Override
    public Outcome preview(HistoryAction action) throws EngineException {
        try {
            return asPreview(plans.replan(history.replay(action).plan(), history::currentId));
        } catch (RefusedException refused) {
            return new Outcome.Refused(refused.refusal());
        }
    }

    /// One at a time, and each finds what the one before it has left. What no longer fits what the engine has is
    /// passed over from then on.
    @Override
    public Outcome apply(HistoryAction action) throws EngineException {
        return runner.runUnlessBusy(() -> {
            EngineHistory.Replay past = history.replay(action);
            Outcome outcome = attempt(past, action);
            if (outcome instanceof Outcome.Refused(Refusal refusal)
                    && refusal.code().equals(HistoryRefusals.NOT_APPLICABLE)) {
                history.abandon(past.number());
            }
            return outcome;
        });
    }

    private Outcome attempt(EngineHistory.Replay past, HistoryAction action) throws EngineException {
        try {
            DockerPlan plan = plans.replan(past.plan(), history::currentId);
            return withPortHolder(runner.run(plan, action.kind(), past.number()));
        } catch (RefusedException refused) {
            return new Outcome.Refused(refused.refusal());
        }
    }

    @Override
    public Optional<Pool> proposePool() throws EngineException {
        try {
            Topology topology = topology();
            Cidr free = DefaultPools.lowestFree(
                    topology.networks().stream().map(Network::subnet).flatMap(Stream::ofNullable),
                    topology.host().kernel());
            return Optional.of(new Pool(free, Addresses.plus(free.address(), 1), null, Map.of(), false, false));
        } catch (RefusedException everythingTaken) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> networkDrivers() throws EngineException {
        return JsonValues.list(session.state(List.of()).info().at("/Plugins/Network")).stream()
                .filter(driver -> new NetworkDriver(driver, "").hasEndpoints())
                .toList();
    }

    /// The engine chooses when it connects, and does not say beforehand.
    @Override
    public Optional<Cidr> proposeAddress(String network) throws EngineException {
        return attachedNetworks.address(network, session.state(List.of()));
    }

    @Override
    public AddressMap addressMap() throws EngineException {
        List<SubnetPool> pools = EngineSubnetPools.of(session.state(List.of()).info(), engine.isPodman());
        try {
            return AddressMap.of(topology(), pools, machine.helper().host().routing());
        } catch (RefusedException refused) {
            return ExternalPublishRefusals.isElsewhere(refused.refusal())
                    ? AddressMap.of(topology(), pools, null)
                    : AddressMap.withoutHelper(
                            topology(), pools, refused.refusal().advice());
        }
    }

    @Override
    public List<PlannedStep> repair(boolean dryRun) throws EngineException, RefusedException {
        return engineRepair.repair(dryRun);
    }

    @Override
    public void autoRepair(boolean on) throws RefusedException {
        if (on) {
            require(HostCapability.AUTO_REPAIR);
        }
    }

    @Override
    public HostRules counters() throws EngineException {
        return machine.counters();
    }

    @Override
    public List<Listener> listeners() throws EngineException {
        return machine.listeners();
    }

    @Override
    public Optional<List<Listener>> listeners(Id container) throws EngineException {
        Optional<HelperSession> reader = machine.reader();
        if (reader.isPresent()) {
            for (RunningContainer running : session.running()) {
                if (running.id().equals(container)) {
                    return Optional.ofNullable(reader.get().netns(source(running)))
                            .map(NetnsState::listeners);
                }
            }
        }
        return Optional.empty();
    }

    private ProbeSource source(RunningContainer container) {
        return new ProbeSource.EngineContainer(engine.address(), container.id(), container.process());
    }

    @Override
    public TracedPath explain(ReachabilityRequest inquiry) throws EngineException, RefusedException {
        HelperSession helper = helperForTrace();
        Map<Id, ProbeSource> containers = new HashMap<>();
        for (RunningContainer container : session.running()) {
            containers.put(container.id(), source(container));
        }
        return HelperTracer.explain(inquiry, topology(), helper, containers::get);
    }

    private HelperSession helperForTrace() throws EngineException, RefusedException {
        try {
            return machine.helper();
        } catch (RefusedException refused) {
            throw refused.refusal().code().equals(ExternalPublishRefusals.ENGINE_ELSEWHERE)
                    ? ReachabilityRefusals.engineElsewhere()
                    : refused;
        }
    }

    @Override
    public ObjectNode inspectNetwork(String network) throws EngineException, RefusedException {
        EngineState seen = session.state(List.of());
        Optional<ObjectNode> beside = attachedNetworks.inspect(network, seen);
        return beside.isPresent() ? beside.get() : session.inspect(seen.requireNetwork(network), "/networks/%s");
    }

    @Override
    public ObjectNode inspectContainer(String container) throws EngineException, RefusedException {
        return session.inspect(session.state(List.of()).requireContainer(container), "/containers/%s/json");
    }

    @Override
    public ProjectDifference compareProject(Project project, ComposeGoal aim) throws EngineException, RefusedException {
        return ProjectComparer.compare(project, topology(), aim, new EngineProjectHost());
    }

    @Override
    public Optional<Refusal> unavailable(HostCapability capability) {
        return switch (capability) {
            case AUTO_REPAIR -> Optional.of(UnsupportedRefusals.autoRepair());
            case CHANGE_IN_PLACE -> Optional.of(UnsupportedRefusals.changeInPlace());
            case RESTORE_CONTAINERS -> Optional.of(UnsupportedRefusals.restoreContainer());
            case KERNEL ->
                session.isKnownRootless() ? Optional.of(RootlessRefusals.kernel(engine.isPodman())) : Optional.empty();
        };
    }

    private final class EngineProjectHost implements ProjectHost {
        @Override
        public Optional<ImageDefaults> image(String name, List<String> command)
                throws EngineException, RefusedException {
            JsonNode image = plans.capabilities().image(name);
            if (image.isMissingNode()) {
                return Optional.empty();
            }
            JsonNode config = image.path("Config");
            return Optional.of(new ImageDefaults(
                    JsonValues.list(config.path("Cmd")),
                    JsonValues.list(config.path("Env")),
                    JsonValues.pairs(config.path("Labels"))));
        }

        @Override
        public Undo undoOfRemoval() {
            return plans.capabilities().hasCompleteInspect() ? Undo.WITHOUT_FILES : Undo.NONE;
        }

        @Override
        public ImageDefaults impliedSettings(Container container) throws EngineException, RefusedException {
            ImageDefaults image = image(container.image(), List.of()).orElse(ImageDefaults.NONE);
            List<String> environment = new ArrayList<>(image.environment());
            container.config().environment().stream()
                    .filter(line -> addedVariables().contains(ProjectHost.variable(line)))
                    .forEach(environment::add);
            return new ImageDefaults(image.command(), environment, image.labels());
        }

        @Override
        public boolean changesInPlace() {
            return unavailable(HostCapability.CHANGE_IN_PLACE).isEmpty();
        }

        @Override
        public Set<String> addedVariables() {
            return engine.isPodman() ? PodmanNormalizer.ADDED_VARIABLES : Set.of();
        }

        @Override
        public Map<String, String> addedNetworkOptions() {
            return engine.isPodman() ? PodmanNormalizer.ADDED_NETWORK_OPTIONS : Map.of();
        }

        @Override
        public boolean tellsAnyAddress() {
            return !engine.isPodman();
        }
    }

    @Override
    public String exportCompose(String project) throws EngineException, RefusedException {
        return ComposeWriter.write(project, topology(), new EngineProjectHost());
    }

    @Override
    public AutoCloseable watch(Consumer<Topology> changed, Consumer<Boolean> answers, Consumer<EngineException> lost)
            throws EngineException {
        return session.watch(machine::watch, history::watch, new EngineWatch.Listener() {
            @Override
            public void refresh(boolean doubted) throws EngineException {
                changed.accept(topologyReader.read(session.watchedState()));
            }

            @Override
            public void onResponding(boolean again) {
                answers.accept(again);
            }

            @Override
            public void onLost(EngineException reason) {
                lost.accept(reason);
            }
        });
    }

    /// As far back as the engine remembers: its last 256.
    @Override
    public List<HostEvent> events() throws EngineException {
        return session.events();
    }

    @Override
    public AutoCloseable events(Consumer<HostEvent> happened, Consumer<EngineException> lost) throws EngineException {
        return EngineWatch.watchEvents(engine, event -> EngineEvents.of(event).ifPresent(happened), lost);
    }

    @Override
    public Map<Id, ContainerSize> containerSizes() throws EngineException {
        return session.sizes();
    }

    @Override
    public void log(String container, LogQuery query, OutputStream out, OutputStream err)
            throws EngineException, RefusedException, IOException {
        session.log(inspectContainer(container), query, out, err);
    }

    @Override
    public void signal(String container, int signal) throws EngineException, RefusedException {
        engine.call(ApiRequest.post("/containers/" + ApiRequest.escaped(container) + "/kill?signal=" + signal));
    }

    @Override
    public void close() {
        machine.close();
        engine.close();
    }
}
