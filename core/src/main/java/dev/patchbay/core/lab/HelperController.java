package dev.patchbay.core.lab;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.compose.ComposeWriter;
import dev.patchbay.core.compose.Project;
import dev.patchbay.core.compose.difference.Aim;
import dev.patchbay.core.compose.difference.Comparing;
import dev.patchbay.core.compose.difference.Comparison;
import dev.patchbay.core.host.LogQuery;
import dev.patchbay.core.host.NetworkController;
import dev.patchbay.core.host.Seeds;
import dev.patchbay.core.host.UnknownObject;
import dev.patchbay.core.inspect.ContainerDocument;
import dev.patchbay.core.inspect.NetworkDocument;
import dev.patchbay.core.ipam.Addressing;
import dev.patchbay.core.ipam.Subnetting;
import dev.patchbay.core.lab.plan.HistoryPlans;
import dev.patchbay.core.lab.plan.Planning;
import dev.patchbay.core.lab.plan.Predefined;
import dev.patchbay.core.lab.state.EventHistory;
import dev.patchbay.core.lab.state.HostState;
import dev.patchbay.core.lab.state.Snapshot;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.ContainerSize;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.HostEvent;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.naming.Lookup;
import dev.patchbay.core.reachability.Explanation;
import dev.patchbay.core.reachability.Inquiry;
import dev.patchbay.core.refusal.ContainerMistakes;
import dev.patchbay.core.refusal.Mistake;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.Version;
import dev.patchbay.engine.client.Answer;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.spec.Pool;
import dev.patchbay.engine.spec.PoolRequest;
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

/// The networks behind one helper: decides here, in the person's own process, and sends the helper finished
/// specs.
///
/// A plan is made against the newest revision and sent with it; when another client was faster the helper
/// refuses it and the plan is made again. So no two clients ever hand out the same name, address, subnet or
/// port.
public final class HelperController implements NetworkController {
    private final HelperLink.Opener opener;
    private final HelperLink link;
    private final Mirror.Knowledge knowledge = new Mirror.Knowledge();
    private final Mirror mirror;
    private final Attempts attempts;
    private final Seeds seeds = new Seeds();

    /// Connects to the helper that listens on this socket, and gives the host its first three networks if it
    /// has none.
    public static HelperController connect(Path socket) throws EngineException {
        return new HelperController(() -> HelperLink.over(HelperClient.connect(socket)));
    }

    HelperController(HelperLink.Opener opener) throws EngineException {
        this.opener = opener;
        this.link = opener.open();
        this.mirror = new Mirror(link, knowledge);
        this.attempts = new Attempts(link, mirror);
        try {
            greet();
            Outcome outcome = attempts.carryOut(Predefined::plan, Id.random(), true);
            if (outcome instanceof Outcome.Refused(Refusal refusal)) {
                throw new EngineException("make the predefined networks", refusal.sentence());
            }
        } catch (EngineException e) {
            link.close();
            throw e;
        }
    }

    @Override
    public Topology topology() throws EngineException {
        return picture(mirror.picture());
    }

    @Override
    public Outcome preview(Change change) throws EngineException {
        return attempts.carryOut(Planning.of(change), seeds.keep(change), false);
    }

    @Override
    public Outcome apply(Change change) throws EngineException {
        return attempts.carryOut(Planning.of(change), seeds.take(change), true);
    }

    @Override
    public Outcome undo() throws EngineException {
        return attempts.carryOut(HistoryPlans::undo, Id.random(), true);
    }

    @Override
    public Outcome redo() throws EngineException {
        return attempts.carryOut(HistoryPlans::redo, Id.random(), true);
    }

    @Override
    public Outcome previewUndo() throws EngineException {
        return attempts.carryOut(HistoryPlans::undo, Id.random(), false);
    }

    @Override
    public Outcome previewRedo() throws EngineException {
        return attempts.carryOut(HistoryPlans::redo, Id.random(), false);
    }

    @Override
    public Optional<Pool> proposePool() throws EngineException {
        HostState state = mirror.state();
        try {
            return Optional.of(Subnetting.pool(PoolRequest.ANY, state.specs(), state.kernel()));
        } catch (Mistake everythingTaken) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Cidr> proposeAddress(String network) throws EngineException {
        Specs specs = mirror.state().specs();
        try {
            return Addressing.addresses(Lookup.network(specs, network), EndpointRequest.on(network), specs).stream()
                    .findFirst();
        } catch (Mistake noneToGive) {
            return Optional.empty();
        }
    }

    @Override
    public List<PlannedStep> repair(boolean dryRun) throws EngineException {
        Request.Repair request = new Request.Repair(dryRun);
        return Mirror.granted(dryRun ? link.call(request) : link.change(request, "repair"), "repair")
                .steps();
    }

    @Override
    public void autoRepair(boolean on) throws EngineException {
        String step = "set automatic repair";
        Mirror.granted(link.change(new Request.AutoRepair(on), step), step);
    }

    @Override
    public Reply.CounterSample counters() throws EngineException {
        return Mirror.granted(link.call(new Request.Counters()), "read the counters");
    }

    @Override
    public List<Listener> listeners() throws EngineException {
        return Mirror.granted(link.call(new Request.Listeners(PortRange.ALL)), "read the listening sockets")
                .listeners();
    }

    @Override
    public Explanation explain(Inquiry inquiry) throws EngineException {
        return new Explaining(link, opener).explain(inquiry, mirror.state());
    }

    @Override
    public ObjectNode inspectNetwork(String network) throws EngineException, UnknownObject {
        Specs specs = mirror.state().specs();
        try {
            return NetworkDocument.of(Lookup.network(specs, network), specs);
        } catch (Mistake mistake) {
            throw new UnknownObject(mistake.refusal());
        }
    }

    @Override
    public ObjectNode inspectContainer(String container) throws EngineException, UnknownObject {
        HostState state = mirror.state();
        try {
            SandboxSpec sandbox = Lookup.container(state.specs(), container);
            return ContainerDocument.of(sandbox, state.specs(), state.status(sandbox.id()));
        } catch (Mistake mistake) {
            throw new UnknownObject(mistake.refusal());
        }
    }

    @Override
    public Comparison compare(Project project, Aim aim) throws EngineException {
        try {
            return new Comparison.Made(Comparing.compare(project, mirror.state().specs(), aim));
        } catch (Mistake mistake) {
            return new Comparison.Refused(mistake.refusal());
        }
    }

    @Override
    public String exportCompose(String project) throws EngineException {
        return ComposeWriter.write(project, mirror.state().specs());
    }

    @Override
    public AutoCloseable watch(Consumer<Topology> changed, Consumer<Boolean> answers, Consumer<EngineException> lost)
            throws EngineException {
        return Watch.start(
                opener.open(),
                knowledge,
                new Watch.Listener(picture -> changed.accept(picture(picture)), answers, lost));
    }

    @Override
    public List<HostEvent> events() throws EngineException {
        return since(0, mirror.picture());
    }

    @Override
    public AutoCloseable events(Consumer<HostEvent> happened, Consumer<EngineException> lost) throws EngineException {
        long[] last = {mirror.picture().lastNumber()};
        Consumer<Mirror.Picture> changed = picture -> {
            since(last[0], picture).forEach(happened);
            last[0] = Math.max(last[0], picture.lastNumber());
        };
        return Watch.start(opener.open(), knowledge, new Watch.Listener(changed, null, lost));
    }

    private static List<HostEvent> since(long number, Mirror.Picture picture) {
        return EventHistory.since(number, picture.activity(), picture.state().specs());
    }

    private static Topology picture(Mirror.Picture picture) {
        return Snapshot.of(picture.state(), picture.activity());
    }

    /// A sandbox writes to the host's own disk.
    @Override
    public Map<Id, ContainerSize> sizes() {
        return Map.of();
    }

    @Override
    public void log(String container, LogQuery query, OutputStream out, OutputStream err)
            throws EngineException, UnknownObject, IOException {
        HelperLog.Source source = new HelperLog.Source() {
            @Override
            public Reply.LogChunk read(long from) throws EngineException, UnknownObject {
                return part(container, from);
            }

            @Override
            public boolean runs() throws EngineException, UnknownObject {
                return inspectContainer(container).at("/State/Running").asBoolean();
            }
        };
        new HelperLog(source, out).copy(query);
    }

    private Reply.LogChunk part(String container, long from) throws EngineException, UnknownObject {
        Id id = containerId(container);
        return switch (link.call(new Request.Log(id, from))) {
            case Answer.Granted<Reply.LogChunk>(Reply.LogChunk output) -> output;
            case Answer.Refused<Reply.LogChunk>(Refusal refusal) -> throw new UnknownObject(refusal);
        };
    }

    @Override
    public Optional<Refusal> signal(String container, int signal) throws EngineException {
        try {
            Id id = containerId(container);
            return switch (link.change(new Request.Signal(id, signal), "kill " + container)) {
                case Answer.Granted<Reply.Done> _ -> Optional.empty();
                case Answer.Refused<Reply.Done> _ ->
                    Optional.of(ContainerMistakes.killStopped(container, id).refusal());
            };
        } catch (UnknownObject unknown) {
            return Optional.of(unknown.refusal());
        }
    }

    private Id containerId(String container) throws EngineException, UnknownObject {
        try {
            return Lookup.container(mirror.state().specs(), container).id();
        } catch (Mistake mistake) {
            throw new UnknownObject(mistake.refusal());
        }
    }

    @Override
    public void close() {
        link.close();
    }

    /// Specs of another version may mean something else.
    private void greet() throws EngineException {
        String theirs = Mirror.granted(link.call(new Request.Hello()), "greet the helper")
                .version();
        if (!theirs.equals(Version.current())) {
            throw new EngineException(
                    "greet the helper",
                    "it is version " + theirs + " and this is " + Version.current()
                            + "; `patchbay lab down` ends it, and the next command starts the right one");
        }
    }
}
