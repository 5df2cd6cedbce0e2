package dev.patchbay.core.lab;

import dev.patchbay.core.helper.HelperConnection;
import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.Version;
import dev.patchbay.engine.client.Answer;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.kernel.ForwardingSettings;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.kernel.KernelStateDelta;
import dev.patchbay.engine.kernel.LinkChanges;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.kernel.NetnsState;
import dev.patchbay.engine.kernel.ProbeResult;
import dev.patchbay.engine.kernel.RoutingTables;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.protocol.Event;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.protocol.SyncPosition;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.ActivityEntry;
import dev.patchbay.engine.status.ActivityKind;
import dev.patchbay.engine.status.PlannedStep;
import dev.patchbay.engine.status.SandboxStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A helper without a kernel: keeps specs, checks revisions, tells subscribers.
public final class FakeHelper {
    public static final Instant STARTED = Instant.parse("2026-11-24T06:36:34.965730113Z");

    private static final Map<String, String> UPLINK = Map.of("eth0", "198.51.100.2/24", "lo", "127.0.0.1/8");

    private final List<Link> links = new CopyOnWriteArrayList<>();
    private final List<ActivityEntry> activity = new ArrayList<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean broken;
    private volatile String version = Version.current();
    private boolean mistaken;
    private int snapshots;
    private Specs specs = Specs.EMPTY;
    private long revision;

    public LabHost controller() throws EngineException {
        return new LabHost(HelperSession.open(this::open));
    }

    public synchronized Specs specs() {
        return specs;
    }

    public synchronized List<ActivityEntry> activity() {
        return List.copyOf(activity);
    }

    public void listen(Listener listener) {
        listeners.add(listener);
    }

    /// As when a container of `--rm` ends by itself.
    synchronized void removeEnded(Id sandbox) {
        applied(new Request.Apply(
                new SpecChange(List.of(), List.of(sandbox)),
                revision,
                "(container ended)",
                ActivityKind.OBSERVED,
                0,
                StopMode.GRACEFUL));
        links.forEach(link -> link.tell(subscriber -> subscriber.onEvent(new Event.RecordsChanged(0))));
    }

    /// From now on nothing answers.
    void die() {
        broken = true;
        links.forEach(link -> link.tell(
                subscriber -> subscriber.onDisconnected(new EngineException("listen to the helper", "it went away"))));
    }

    /// The next answer is an exception that nobody declared.
    synchronized void answerOnceWithAMistake() {
        mistaken = true;
    }

    /// How often the whole state was asked for.
    synchronized int snapshots() {
        return snapshots;
    }

    void becomeVersion(String other) {
        version = other;
    }

    void tellSomethingHappened() {
        links.forEach(link -> link.tell(subscriber -> subscriber.onEvent(new Event.KernelChanged())));
    }

    synchronized Reply.State state() {
        return new Reply.State(position(), revision, List.copyOf(specs.all()), statuses(), List.of(), false, kernel());
    }

    private SyncPosition position() {
        return new SyncPosition(7, activity.size(), 0);
    }

    private Reply.Changes changes(long since) {
        KernelState kernel = kernel();
        return new Reply.Changes(
                position(),
                revision,
                List.copyOf(activity.subList((int) since, activity.size())),
                statuses(),
                List.of(),
                false,
                new KernelStateDelta(
                        kernel.hostname(),
                        kernel.ipForward(),
                        new LinkChanges(List.of(), List.of(), kernel.routes().subList(0, 1)),
                        kernel.transport()));
    }

    private static KernelState kernel() {
        List<KernelState.Link> kernelLinks = UPLINK.entrySet().stream()
                .map(entry -> new KernelState.Link(
                        1, entry.getKey(), "", 0, true, 1500, null, "", 0, List.of(Cidr.of(entry.getValue()))))
                .toList();
        return new KernelState(
                "lab",
                true,
                kernelLinks,
                List.of(
                        KernelState.Route.defaultVia(Cidr.of("198.51.100.1/24").address(), "eth0"),
                        new KernelState.Route(Cidr.of("198.51.100.0/24"), null, "eth0")),
                KernelState.Transport.DEFAULT);
    }

    private List<SandboxStatus> statuses() {
        return specs.sandboxes().stream()
                .map(sandbox -> new SandboxStatus(
                        sandbox.id(),
                        sandbox.running(),
                        sandbox.running() ? 31272 : 0,
                        0,
                        STARTED,
                        sandbox.running() ? null : STARTED.plusSeconds(1),
                        "",
                        false,
                        0))
                .toList();
    }

    private HelperConnection open() {
        Link link = new Link();
        links.add(link);
        return link;
    }

    private synchronized Reply answer(Request<?> request) {
        if (mistaken) {
            mistaken = false;
            throw new IllegalStateException("a mistake of the helper's");
        }
        return switch (request) {
            case Request.Hello _ -> new Reply.Welcome(version, 1, revision);
            case Request.Snapshot _ -> {
                snapshots++;
                yield state();
            }
            case Request.Changes(SyncPosition since) -> changes(since.records());
            case Request.Activity(long after) ->
                new Reply.ActivityList(List.copyOf(activity.subList((int) after, activity.size())));
            case Request.Preview preview ->
                preview.baseRevision() == revision ? new Reply.Planned(steps(preview.change())) : stale();
            case Request.Apply apply -> apply.baseRevision() == revision ? applied(apply) : stale();
            case Request.Repair _ -> new Reply.Planned(List.of());
            case Request.Signal _ -> new Reply.Done();
            case Request.Log _ -> new Reply.LogChunk("", 0);
            case Request.AutoRepair _, Request.Subscribe _, Request.Stop _ -> new Reply.Done();
            case Request.Counters _ ->
                new Reply.Counters(new HostRules(0, "iptables", List.of(), List.of(), List.of(), List.of()), 0);
            case Request.InspectNetns _ ->
                new Reply.Netns(new NetnsState(
                        List.of(),
                        List.of(),
                        List.of(),
                        new ForwardingSettings(true, true, true, true, List.of(), List.of(), List.of(), List.of()),
                        new RoutingTables(List.of(), List.of())));
            case Request.Probe _ -> new Reply.Probed(new ProbeResult(ProbeResult.Result.SILENT, 0, ""));
            case Request.LocateContainer _ ->
                new Reply.ContainerPresence(Reply.ContainerPresence.NetnsLocation.ELSEWHERE);
            case Request.HostLinks _ -> new Reply.HostLinks(Map.of());
            case Request.GoneEngineRules _ -> new Reply.GoneEngineRules(List.of());
            case Request.RestoreEngineRules _ -> new Reply.Planned(List.of());
            case Request.Listeners(PortRange ports) ->
                new Reply.ListenerList(listeners.stream()
                        .filter(listener -> ports.contains(listener.port()))
                        .toList());
        };
    }

    private Reply applied(Request.Apply apply) {
        SpecChange inverse = apply.change().inverse(specs);
        specs = specs.after(apply.change());
        revision++;
        List<PlannedStep> steps = steps(apply.change());
        activity.add(new ActivityEntry(
                activity.size() + 1,
                STARTED,
                apply.kind(),
                apply.refersTo(),
                apply.title(),
                steps,
                0,
                apply.change(),
                inverse,
                List.of()));
        return new Reply.Applied(revision, activity.size(), steps, 0);
    }

    private static Reply stale() {
        return new Reply.Refused(Refusal.of(Refusal.STALE_REVISION, "the host has changed meanwhile"));
    }

    private static List<PlannedStep> steps(SpecChange change) {
        List<PlannedStep> steps = new ArrayList<>();
        change.remove().forEach(id -> steps.add(new PlannedStep("remove " + id.shortForm(), List.of())));
        change.put().forEach(spec -> steps.add(new PlannedStep("put " + name(spec), List.of())));
        return steps;
    }

    private static String name(Spec spec) {
        return spec instanceof SandboxSpec sandbox
                ? sandbox.netnsName()
                : spec.id().shortForm();
    }

    private final class Link implements HelperConnection {
        private volatile HelperClient.@Nullable Subscriber subscriber;

        @Override
        @SuppressWarnings("unchecked") // each verb is answered with its own reply
        public <R extends Reply> Answer<R> call(Request<R> request) throws EngineException {
            if (broken) {
                throw new EngineException("ask the helper", "it went away");
            }
            Reply reply = answer(request);
            if (request instanceof Request.Apply && reply instanceof Reply.Applied) {
                links.forEach(link -> link.tell(subscriber -> subscriber.onEvent(new Event.RecordsChanged(0))));
            }
            return reply instanceof Reply.Refused(Refusal refusal)
                    ? new Answer.Refused<>(refusal)
                    : new Answer.Granted<>((R) reply);
        }

        @Override
        public void subscribe(HelperClient.Subscriber subscriber) {
            this.subscriber = subscriber;
        }

        void tell(Consumer<HelperClient.Subscriber> news) {
            HelperClient.Subscriber told = subscriber;
            if (told != null) {
                news.accept(told);
            }
        }

        @Override
        public void close() {
            links.remove(this);
        }
    }
}
