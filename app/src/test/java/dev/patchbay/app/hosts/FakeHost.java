package dev.patchbay.app.hosts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.compose.Project;
import dev.patchbay.core.compose.ProjectHost;
import dev.patchbay.core.compose.difference.ComposeGoal;
import dev.patchbay.core.compose.difference.ProjectComparer;
import dev.patchbay.core.compose.difference.ProjectDifference;
import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.core.host.HostCapability;
import dev.patchbay.core.host.LogQuery;
import dev.patchbay.core.ipam.AddressMap;
import dev.patchbay.core.ipam.DefaultPools;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.ContainerSize;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.HistoryEntry;
import dev.patchbay.core.model.HostEvent;
import dev.patchbay.core.model.Network;
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
import dev.patchbay.engine.kernel.RoutingTables;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.status.ActivityKind;
import dev.patchbay.engine.status.PlannedStep;
import dev.patchbay.engine.status.Problem;
import java.io.OutputStream;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A host without a kernel: shows a given topology, remembers what it was asked, and refuses what it is
/// told to.
public final class FakeHost implements ConnectedHost {
    public final List<Change> applied = new CopyOnWriteArrayList<>();
    public final List<Change> previewed = new CopyOnWriteArrayList<>();
    public final List<String> history = new CopyOnWriteArrayList<>();
    public final List<ReachabilityRequest> inquiries = new CopyOnWriteArrayList<>();
    /// Null refuses the question.
    public volatile @Nullable TracedPath explanation;

    public volatile Refusal explanationRefusal = Refusal.of("container-not-found", "No such container");
    private final Map<Class<? extends Change>, Refusal> refusals = new ConcurrentHashMap<>();
    private final List<Problem> problems = new CopyOnWriteArrayList<>();
    private final List<HistoryEntry> done = new CopyOnWriteArrayList<>();
    /// What it cannot do.
    public final Set<HostCapability> missing = ConcurrentHashMap.newKeySet();
    /// Changes that cannot be taken back.
    public final Set<Class<? extends Change>> lasting = ConcurrentHashMap.newKeySet();
    /// The connection is gone before it is there.
    public volatile boolean diesAtOnce;
    /// Blocks each change until it is opened.
    public volatile CountDownLatch gate = new CountDownLatch(0);
    private final List<HostEvent> happened = new CopyOnWriteArrayList<>();
    public volatile @Nullable Consumer<HostEvent> following;
    private volatile Topology topology;
    private volatile Supplier<HostRules> sample =
            () -> new HostRules(0, "iptables", List.of(), List.of(), List.of(), List.of());
    private volatile @Nullable Consumer<Topology> changed;
    private volatile @Nullable Consumer<Boolean> answers;
    private volatile @Nullable Consumer<EngineException> lost;
    public final List<Listener> listening = new CopyOnWriteArrayList<>();
    /// The subnet of a new network.
    public volatile Cidr proposed = Cidr.of("172.18.0.0/16");
    public volatile RoutingTables routing = new RoutingTables(List.of(), List.of());
    public volatile boolean closed;
    /// What inspect documents say besides.
    public volatile @Nullable ObjectNode more;

    public FakeHost(Topology topology) {
        this.topology = topology;
    }

    public void show(Topology next) {
        topology = next;
        showAgain();
    }

    private void showAgain() {
        if (changed != null) {
            changed.accept(topology());
        }
    }

    public void count(HostRules next) {
        sample = () -> next;
    }

    /// A new sample for each question.
    public void count(Supplier<HostRules> next) {
        sample = next;
    }

    public void refuse(Class<? extends Change> kind, Refusal refusal) {
        refusals.put(kind, refusal);
    }

    public void failWith(List<Problem> suffered) {
        problems.clear();
        problems.addAll(suffered);
        showAgain();
    }

    public void loseConnection() {
        if (lost != null) {
            lost.accept(new EngineException("read from the helper", "connection reset"));
        }
    }

    @Override
    public Topology topology() {
        return new Topology(
                topology.revision(),
                topology.host(),
                topology.networks(),
                topology.containers(),
                activity(),
                List.copyOf(problems),
                topology.autoRepair(),
                topology.driftCoverage());
    }

    @Override
    public Outcome preview(Change change) {
        previewed.add(change);
        return outcome(change, 0);
    }

    private List<HistoryEntry> activity() {
        return Stream.concat(topology.activity().stream(), done.stream()).toList();
    }

    private long remember(ActivityKind kind, long refersTo, String title) {
        List<HistoryEntry> activity = activity();
        long number = activity.isEmpty() ? 1 : activity.getLast().number() + 1;
        done.add(new HistoryEntry(number, Instant.now(), kind, refersTo, title, List.of(), 0));
        showAgain();
        return number;
    }

    @Override
    public Outcome apply(Change change) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Outcome outcome = outcome(change, 0);
        if (outcome instanceof Outcome.Done(var subject, var title, var steps, long _)) {
            applied.add(change);
            return new Outcome.Done(
                    subject,
                    title,
                    steps,
                    remember(lasting.contains(change.getClass()) ? ActivityKind.FINAL : ActivityKind.ACTION, 0, title));
        }
        return outcome;
    }

    private Outcome outcome(Change change, long activity) {
        Refusal refusal = refusals.get(change.getClass());
        if (refusal != null) {
            return new Outcome.Refused(refusal);
        }
        return new Outcome.Done(
                "",
                "docker " + change.getClass().getSimpleName(),
                List.of(
                        new PlannedStep(
                                "create bridge pb-0123456789ab", List.of("ip link add pb-0123456789ab type bridge")),
                        new PlannedStep(
                                "give the bridge its address",
                                List.of("ip addr add 172.18.0.1/16 dev pb-0123456789ab"))),
                activity);
    }

    @Override
    public Outcome preview(HistoryAction action) {
        return new Outcome.Done("", "docker network create demo", List.of(), 0);
    }

    @Override
    public Outcome apply(HistoryAction action) {
        history.add(action.title("").replace(": ", ""));
        HistoryEntry found = action.find(activity());
        long number = found == null ? 2 : remember(action.kind(), found.number(), action.title(found.title()));
        return new Outcome.Done("", "docker network create demo", List.of(), number);
    }

    @Override
    public Optional<Pool> proposePool() {
        InetAddress gateway = Addresses.plus(proposed.network().address(), 1);
        return Optional.of(new Pool(proposed, gateway, null, Map.of(), false, false));
    }

    @Override
    public List<String> networkDrivers() {
        return List.of("bridge", "macvlan");
    }

    @Override
    public Optional<Cidr> proposeAddress(String network) {
        return topology.networks().stream()
                .filter(there -> there.name().equals(network))
                .map(Network::subnet)
                .filter(Objects::nonNull)
                .map(subnet -> new Cidr(Addresses.plus(subnet.network().address(), 6), subnet.prefixLength()))
                .findFirst();
    }

    @Override
    public Optional<Refusal> unavailable(HostCapability capability) {
        return missing.contains(capability)
                ? Optional.of(Refusal.of("docker-cannot", "It cannot " + capability))
                : Optional.empty();
    }

    @Override
    public AddressMap addressMap() {
        return AddressMap.of(topology(), DefaultPools.pools(), routing);
    }

    @Override
    public void autoRepair(boolean on) {
        history.add("auto repair " + on);
    }

    @Override
    public List<PlannedStep> repair(boolean dryRun) {
        List<PlannedStep> steps =
                problems.stream().flatMap(problem -> problem.steps().stream()).toList();
        if (!dryRun) {
            history.add("repair");
            failWith(List.of());
        }
        return steps;
    }

    @Override
    public HostRules counters() {
        return sample.get();
    }

    @Override
    public List<Listener> listeners() {
        return List.copyOf(listening);
    }

    @Override
    public TracedPath explain(ReachabilityRequest inquiry) throws RefusedException {
        inquiries.add(inquiry);
        TracedPath path = explanation;
        if (path == null) {
            throw new RefusedException(explanationRefusal);
        }
        return path;
    }

    @Override
    public ObjectNode inspectNetwork(String network) throws RefusedException {
        return document("network", network);
    }

    @Override
    public ObjectNode inspectContainer(String container) throws RefusedException {
        return document("container", container);
    }

    private ObjectNode document(String kind, String id) {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("Kind", kind).put("Id", id);
        node.putObject("Labels");
        if (more != null) {
            node.setAll(more);
        }
        return node;
    }

    /// As a host that has nothing of the project.
    @Override
    public ProjectDifference compareProject(Project project, ComposeGoal aim) throws EngineException, RefusedException {
        ProjectHost host = new ProjectHost() {
            @Override
            public Optional<ImageDefaults> image(String name, List<String> command) {
                return Optional.of(new ImageDefaults(command, List.of(), Map.of()));
            }

            @Override
            public boolean changesInPlace() {
                return true;
            }
        };
        return ProjectComparer.compare(project, SampleTopology.empty(), aim, host);
    }

    @Override
    public String exportCompose(String project) {
        return "name: " + project + "\n";
    }

    @Override
    public List<HostEvent> events() {
        return List.copyOf(happened);
    }

    @Override
    public AutoCloseable events(Consumer<HostEvent> listener, Consumer<EngineException> lost) {
        following = listener;
        return () -> following = null;
    }

    /// Something that happens now.
    public void tell(HostEvent event) {
        happened.add(event);
        if (following != null) {
            following.accept(event);
        }
    }

    @Override
    public Map<Id, ContainerSize> containerSizes() {
        return Map.of();
    }

    @Override
    public void log(String container, LogQuery query, OutputStream out, OutputStream err) {
        // Nothing was written.
    }

    @Override
    public void signal(String container, int signal) {
        // Nothing runs here that could hear it.
    }

    @Override
    public AutoCloseable watch(
            Consumer<Topology> onChange, Consumer<Boolean> onSilence, Consumer<EngineException> onLoss) {
        changed = onChange;
        answers = onSilence;
        lost = onLoss;
        onChange.accept(topology());
        if (diesAtOnce) {
            onLoss.accept(new EngineException("read from the helper", "connection reset"));
        }
        return () -> {
            changed = null;
            answers = null;
            lost = null;
        };
    }

    @Override
    public void close() {
        closed = true;
    }
}
