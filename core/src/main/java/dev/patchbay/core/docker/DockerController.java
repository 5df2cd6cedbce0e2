package dev.patchbay.core.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.compose.Project;
import dev.patchbay.core.compose.difference.Aim;
import dev.patchbay.core.compose.difference.Comparison;
import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.config.DockerHost;
import dev.patchbay.core.docker.config.RegistryCredentials;
import dev.patchbay.core.docker.machine.HostSide;
import dev.patchbay.core.docker.machine.SameHost;
import dev.patchbay.core.docker.plan.DockerPlan;
import dev.patchbay.core.docker.port.Forwards;
import dev.patchbay.core.docker.state.DockerEvents;
import dev.patchbay.core.docker.state.DockerReader;
import dev.patchbay.core.docker.state.DockerState;
import dev.patchbay.core.docker.state.DockerWatch;
import dev.patchbay.core.docker.state.EngineWords;
import dev.patchbay.core.host.LogQuery;
import dev.patchbay.core.host.NetworkController;
import dev.patchbay.core.host.Seeds;
import dev.patchbay.core.host.UnknownObject;
import dev.patchbay.core.ipam.DefaultPools;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.ContainerSize;
import dev.patchbay.core.model.HostEvent;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.reachability.Explanation;
import dev.patchbay.core.reachability.Inquiry;
import dev.patchbay.core.refusal.HistoryMistakes;
import dev.patchbay.core.refusal.Mistake;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.spec.Pool;
import dev.patchbay.engine.status.ActivityKind;
import dev.patchbay.engine.status.PlannedStep;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The networks of a real engine. Everything is read from it and done by it; what it did in this session can be taken
/// back where an inverse exists.
public final class DockerController implements NetworkController {
    private static final int ATTEMPTS = 8;

    private final DockerEngine engine;
    private final HostSide hostSide;
    private final DockerHistory history;
    private final Plans plans;
    private final DockerActions actions;
    private final Mending mending;
    private final DockerReader reader;
    private final Pictures pictures;
    private final EngineWords words;
    private final Seeds seeds = new Seeds();

    private DockerController(
            DockerEngine engine,
            HostSide hostSide,
            Map<String, String> environment,
            DockerHistory history,
            Consumer<String> progress) {
        this.engine = engine;
        this.hostSide = hostSide;
        this.history = history;
        this.pictures = new Pictures(engine, hostSide, history);
        Wires wires = new Wires(engine, hostSide);
        Forwards forwards = new Forwards(engine, hostSide);
        this.plans = new Plans(engine, new EngineAbilities(engine, forwards, wires));
        RegistryCredentials credentials = new RegistryCredentials(environment, engine.isPodman());
        this.actions = new DockerActions(engine, forwards, wires, credentials, history, progress);
        this.mending = new Mending(hostSide, plans, pictures, actions);
        this.reader = new DockerReader(engine);
        this.words = new EngineWords(engine);
    }

    /// @param history of this host in this session
    /// @param progress hears how a long step comes along, as the lines of a pull
    public static DockerController connect(DockerHost host, DockerHistory history, Consumer<String> progress)
            throws EngineException {
        return connect(host, HostSide.unseen(), history, progress);
    }

    /// @param hostSide of the machine that the engine runs on; closed with this
    public static DockerController connect(
            DockerHost host, HostSide hostSide, DockerHistory history, Consumer<String> progress)
            throws EngineException {
        return connect(host, hostSide, DockerEngine.SILENCE, System.getenv(), history, progress);
    }

    /// @param silence after which an engine that does not answer is given up
    /// @param environment of the person, which leads to the credentials of registries
    public static DockerController connect(
            DockerHost host,
            HostSide hostSide,
            Duration silence,
            Map<String, String> environment,
            DockerHistory history,
            Consumer<String> progress)
            throws EngineException {
        DockerEngine engine = DockerEngine.connect(host.address(), host.tls(), silence);
        return new DockerController(engine, new SameHost(hostSide, engine), environment, history, progress);
    }

    @Override
    public Topology topology() throws EngineException {
        return pictures.of(plans.fresh());
    }

    @Override
    public Outcome preview(Change change) throws EngineException {
        try {
            return shown(plans.of(change, seeds.keep(change)));
        } catch (Mistake mistake) {
            return new Outcome.Refused(mistake.refusal());
        }
    }

    /// Planned again when another client was faster.
    @Override
    public Outcome apply(Change change) throws EngineException {
        Id seed = seeds.take(change);
        return actions.inTurn(() -> {
            for (int attempt = 1; ; attempt++) {
                Outcome outcome = attempt(change, seed);
                if (attempt == ATTEMPTS || !isOvertaken(outcome)) {
                    return outcome;
                }
            }
        });
    }

    private Outcome attempt(Change change, Id seed) throws EngineException {
        try {
            return actions.run(plans.of(change, seed), ActivityKind.ACTION, 0);
        } catch (Mistake mistake) {
            return new Outcome.Refused(mistake.refusal());
        }
    }

    /// What was chosen for a change may be another's when it is made: then nothing was made.
    private static boolean isOvertaken(Outcome outcome) {
        return outcome instanceof Outcome.Refused(Refusal refusal)
                && (refusal.code().equals(HistoryMistakes.NO_LONGER_FITS)
                        || refusal.code().equals(Refusal.INCONSISTENT));
    }

    private static Outcome shown(DockerPlan plan) {
        return new Outcome.Done("", plan.title(), plan.planned(), 0);
    }

    private interface Past {
        DockerHistory.Again find() throws Mistake;
    }

    /// One at a time, and each finds what the one before it has left. What no longer fits what the engine has is
    /// passed over from then on.
    private Outcome again(Past past, ActivityKind kind) throws EngineException {
        return actions.unlessBusy(() -> {
            DockerHistory.Again again = past.find();
            Outcome outcome = again(again, kind);
            if (outcome instanceof Outcome.Refused(Refusal refusal)
                    && refusal.code().equals(HistoryMistakes.NO_LONGER_FITS)) {
                history.makeFinal(again.entry().number());
            }
            return outcome;
        });
    }

    private Outcome again(DockerHistory.Again again, ActivityKind kind) throws EngineException {
        try {
            DockerPlan plan = plans.renewed(again.plan(), history::successor);
            return actions.run(plan, kind, again.entry().number());
        } catch (Mistake mistake) {
            return new Outcome.Refused(mistake.refusal());
        }
    }

    private Outcome previewed(Past past) throws EngineException {
        try {
            return shown(plans.renewed(past.find().plan(), history::successor));
        } catch (Mistake mistake) {
            return new Outcome.Refused(mistake.refusal());
        }
    }

    @Override
    public Outcome undo() throws EngineException {
        return again(history::undo, ActivityKind.UNDO);
    }

    @Override
    public Outcome redo() throws EngineException {
        return again(history::redo, ActivityKind.REDO);
    }

    @Override
    public Outcome previewUndo() throws EngineException {
        return previewed(history::undo);
    }

    @Override
    public Outcome previewRedo() throws EngineException {
        return previewed(history::redo);
    }

    @Override
    public Optional<Pool> proposePool() throws EngineException {
        try {
            Topology topology = topology();
            Cidr free = DefaultPools.lowestFree(
                    topology.networks().stream().map(Network::subnet).flatMap(Stream::ofNullable),
                    topology.host().kernel());
            return Optional.of(new Pool(free, Addresses.plus(free.address(), 1), null, Map.of(), false, false));
        } catch (Mistake everythingTaken) {
            return Optional.empty();
        }
    }

    /// The engine chooses when it connects, and does not say beforehand.
    @Override
    public Optional<Cidr> proposeAddress(String network) throws EngineException {
        return plans.besideAddress(network);
    }

    @Override
    public List<PlannedStep> repair(boolean dryRun) throws EngineException {
        return mending.repair(dryRun);
    }

    @Override
    public void autoRepair(boolean on) throws EngineException {
        if (on) {
            throw new EngineException("set automatic repair", "an engine's networks are its own to mend");
        }
    }

    @Override
    public Reply.CounterSample counters() throws EngineException {
        return hostSide.counters();
    }

    @Override
    public List<Listener> listeners() throws EngineException {
        return hostSide.listeners();
    }

    @Override
    public Explanation explain(Inquiry inquiry) {
        return new Explanation.Refused(new Refusal(
                "docker-cannot",
                "the way of a packet is followed in a Lab only",
                "`patchbay rules` lists the rules of this host, and says what each of them does."));
    }

    @Override
    public ObjectNode inspectNetwork(String network) throws EngineException, UnknownObject {
        DockerState seen = plans.fresh();
        try {
            Optional<ObjectNode> beside = plans.beside(network, seen);
            return beside.isPresent() ? beside.get() : words.inspect(seen.requireNetwork(network), "/networks/%s");
        } catch (Mistake unknown) {
            throw new UnknownObject(unknown.refusal());
        }
    }

    @Override
    public ObjectNode inspectContainer(String container) throws EngineException, UnknownObject {
        try {
            return words.inspect(plans.fresh().requireContainer(container), "/containers/%s/json");
        } catch (Mistake unknown) {
            throw new UnknownObject(unknown.refusal());
        }
    }

    @Override
    public Comparison compare(Project project, Aim aim) {
        return new Comparison.Refused(new Refusal(
                "docker-cannot",
                "Compose files are applied in a Lab only",
                "`docker compose up` applies this one to a real engine."));
    }

    @Override
    public String exportCompose(String project) throws EngineException {
        throw new EngineException("export " + project, "what a real engine has is not written as a Compose file");
    }

    @Override
    public AutoCloseable watch(Consumer<Topology> changed, Consumer<Boolean> answers, Consumer<EngineException> lost)
            throws EngineException {
        DockerWatch.Own own = looked -> actions.watch(() -> {
            reader.doubtNetworks();
            looked.run();
        });
        return DockerWatch.start(engine, hostSide::watch, own, new DockerWatch.Listener() {
            @Override
            public void heard(JsonNode event) {
                reader.doubt(event);
            }

            @Override
            public void look(boolean doubted) throws EngineException {
                if (doubted) {
                    reader.doubtAll();
                }
                changed.accept(pictures.of(reader.read()));
            }

            @Override
            public void answers(boolean again) {
                answers.accept(again);
            }

            @Override
            public void lost(EngineException reason) {
                lost.accept(reason);
            }
        });
    }

    /// As far back as the engine remembers: its last 256.
    @Override
    public List<HostEvent> events() throws EngineException {
        return words.events();
    }

    @Override
    public AutoCloseable events(Consumer<HostEvent> happened, Consumer<EngineException> lost) throws EngineException {
        return DockerWatch.follow(engine, said -> DockerEvents.of(said).ifPresent(happened), lost);
    }

    @Override
    public Map<Id, ContainerSize> sizes() throws EngineException {
        return words.sizes();
    }

    @Override
    public void log(String container, LogQuery query, OutputStream out, OutputStream err)
            throws EngineException, UnknownObject, IOException {
        words.log(inspectContainer(container), query, out, err);
    }

    @Override
    public Optional<Refusal> signal(String container, int signal) throws EngineException {
        try {
            engine.call(ApiRequest.post("/containers/" + ApiRequest.escaped(container) + "/kill?signal=" + signal));
            return Optional.empty();
        } catch (Mistake refused) {
            return Optional.of(refused.refusal());
        }
    }

    @Override
    public void close() {
        hostSide.close();
        engine.close();
    }
}
