package dev.patchbay.core.helper;

import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.naming.IdSequence;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.client.Answer;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.kernel.GoneRule;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.kernel.NetnsState;
import dev.patchbay.engine.kernel.NftTables;
import dev.patchbay.engine.kernel.ProbeResult;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.protocol.Event;
import dev.patchbay.engine.protocol.ProbeSource;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.status.ActivityEntry;
import dev.patchbay.engine.status.PlannedStep;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A session with one helper: its state, kept up to date by what changed; plans, made against the newest state and
/// again when another client was faster; reads of the kernel. Any thread may call.
public final class HelperSession implements AutoCloseable {
    private static final int MAX_ATTEMPTS = 50;
    private static final long MAX_BACKOFF_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    /// @param activity that led to the state, the newest last
    public record StateWithActivity(HelperState state, List<ActivityEntry> activity) {
        public long lastActivityNumber() {
            return activity.isEmpty() ? 0 : activity.getLast().number();
        }
    }

    private final HelperConnection.Opener opener;
    private final HelperConnection connection;
    private final StateMirror.Cache cache;
    private final StateMirror mirror;
    private volatile NftTables nftTables = NftTables.EMPTY;

    private HelperSession(HelperConnection.Opener opener, StateMirror.Cache cache) throws EngineException {
        this.opener = opener;
        this.connection = opener.open();
        this.cache = cache;
        this.mirror = new StateMirror(connection, cache);
    }

    public static HelperSession connect(Path socket) throws EngineException {
        return open(() -> HelperConnection.of(HelperClient.connect(socket)));
    }

    public static HelperSession open(HelperConnection.Opener opener) throws EngineException {
        return new HelperSession(opener, new StateMirror.Cache());
    }

    /// Another connection to the same helper, on which no request waits for one of this. Both hold its state once.
    public HelperSession sharing() throws EngineException {
        return new HelperSession(opener, cache);
    }

    public String version() throws EngineException {
        return requireGranted(connection.call(new Request.Hello()), "greet the helper")
                .version();
    }

    /// Whether the helper is still there.
    public boolean isAlive() {
        try {
            version();
            return true;
        } catch (EngineException gone) {
            return false;
        }
    }

    /// As it is now.
    public HelperState state() throws EngineException {
        return mirror.state();
    }

    /// As it is now, with how it came to be so.
    public StateWithActivity stateWithActivity() throws EngineException {
        return mirror.stateWithActivity();
    }

    /// Has the next reading of the state be a whole one.
    public void invalidate() {
        cache.invalidate();
    }

    /// Sends a plan with the revision that it was made against. The helper refuses it when another client was
    /// faster, and the plan is made again.
    ///
    /// @param seed of the ids that the plan gives
    public Outcome.Done execute(SpecPlanner planner, Id seed) throws EngineException, RefusedException {
        return send(planner, seed, this::apply);
    }

    /// As [#execute], and only says how.
    public Outcome.Done preview(SpecPlanner planner, Id seed) throws EngineException, RefusedException {
        return send(planner, seed, this::preview);
    }

    @FunctionalInterface
    private interface PlanSender {
        Outcome.Done send(SpecPlan plan, long revision) throws EngineException, RefusedException;
    }

    private Outcome.Done send(SpecPlanner planner, Id seed, PlanSender sender)
            throws EngineException, RefusedException {
        for (int attempt = 1; ; attempt++) {
            HelperState state = state();
            // The activity may know of more than the state that is planned against; then the plan is refused as
            // stale.
            SpecPlan plan = planner.plan(new PlanContext(
                    state,
                    this::listeners,
                    () -> stateWithActivity().activity(),
                    new IdSequence(seed),
                    Instant.now(),
                    PlanContext.ConnectRules.OWN));
            if (plan.change().isEmpty() && plan.refersTo() == 0) {
                return new Outcome.Done(plan.output(), plan.title(), List.of(), 0);
            }
            try {
                return sender.send(plan, state.revision());
            } catch (RefusedException refused) {
                if (attempt == MAX_ATTEMPTS || !refused.refusal().code().equals(Refusal.STALE_REVISION)) {
                    throw refused;
                }
            }
            // Clients that all lost to one and the same change must not all come back at once.
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(MAX_BACKOFF_NANOS));
        }
    }

    private Outcome.Done apply(SpecPlan plan, long revision) throws EngineException, RefusedException {
        Reply.Applied applied = granted(connection.callChanging(
                new Request.Apply(plan.change(), revision, plan.title(), plan.kind(), plan.refersTo(), plan.stopping()),
                plan.title()));
        return new Outcome.Done(plan.output(), plan.title(), applied.steps(), applied.activity());
    }

    private Outcome.Done preview(SpecPlan plan, long revision) throws EngineException, RefusedException {
        Reply.Planned planned = granted(connection.call(new Request.Preview(plan.change(), revision)));
        return new Outcome.Done(plan.output(), plan.title(), planned.steps(), 0);
    }

    /// Makes the kernel match what is recorded; with `dryRun` only says how.
    public List<PlannedStep> repair(boolean dryRun) throws EngineException {
        Request.Repair request = new Request.Repair(dryRun);
        return requireGranted(dryRun ? connection.call(request) : connection.callChanging(request, "repair"), "repair")
                .steps();
    }

    /// The rules of Docker that this helper read before and that were gone when it last read the rules.
    public List<GoneRule> goneEngineRules() throws EngineException {
        return requireGranted(connection.call(new Request.GoneEngineRules()), "look for rules of Docker")
                .rules();
    }

    /// Puts rules of Docker back, all or none; with `dryRun` only says how.
    ///
    /// @param numbers of [#goneEngineRules]
    public List<PlannedStep> restoreEngineRules(List<Long> numbers, boolean dryRun)
            throws EngineException, RefusedException {
        Request.RestoreEngineRules request = new Request.RestoreEngineRules(numbers, dryRun);
        return granted(dryRun ? connection.call(request) : connection.callChanging(request, "put back rules"))
                .steps();
    }

    public void autoRepair(boolean on) throws EngineException {
        String step = "set automatic repair";
        requireGranted(connection.callChanging(new Request.AutoRepair(on), step), step);
    }

    /// Rules and links with their counters.
    public HostRules rules() throws EngineException {
        NftTables known = nftTables;
        Reply.Counters counters =
                requireGranted(connection.call(new Request.Counters(known.version())), "read the counters");
        HostRules rules = counters.rules();
        if (counters.tablesVersion() == known.version()) {
            return rules.withTables(known.tables());
        }
        nftTables = new NftTables(counters.tablesVersion(), rules.tables());
        return rules;
    }

    public List<Listener> listeners(PortRange ports) throws EngineException {
        return requireGranted(connection.call(new Request.Listeners(ports)), "read the listening sockets")
                .listeners();
    }

    /// The host's own namespace.
    public NetnsState host() throws EngineException {
        return requireGranted(connection.call(new Request.InspectNetns(new ProbeSource.Host())), "look at the host")
                .state();
    }

    /// Null when there is nothing to look at, or no longer.
    public @Nullable NetnsState netns(ProbeSource source) throws EngineException {
        return connection.call(new Request.InspectNetns(source))
                        instanceof Answer.Granted<Reply.Netns>(Reply.Netns(NetnsState state))
                ? state
                : null;
    }

    /// Null when there is nothing to send from, or no longer.
    public @Nullable ProbeResult probe(Request.Probe request) throws EngineException {
        return connection.call(request) instanceof Answer.Granted<Reply.Probed>(Reply.Probed(ProbeResult result))
                ? result
                : null;
    }

    /// Whether a container of an engine runs on this helper's machine.
    ///
    /// @param process as the engine tells it
    public Reply.ContainerPresence.NetnsLocation locate(String engine, Id container, long process)
            throws EngineException {
        return requireGranted(
                        connection.call(new Request.LocateContainer(engine, container, process)),
                        "look for a container")
                .place();
    }

    /// Names of the host's links into the network namespaces of processes; none of a process that is gone.
    public Map<Long, List<String>> hostLinks(List<Long> processes) throws EngineException {
        return requireGranted(connection.call(new Request.HostLinks(processes)), "look for the links of containers")
                .names();
    }

    /// What a sandbox's command wrote.
    ///
    /// @param from the first byte; counted from the end when negative
    public Reply.LogChunk log(Id sandbox, long from) throws EngineException, RefusedException {
        return granted(connection.call(new Request.Log(sandbox, from)));
    }

    /// @param title the command that it equals
    /// @throws RefusedException when the sandbox does not run
    public void signal(Id sandbox, int signal, String title) throws EngineException, RefusedException {
        granted(connection.callChanging(new Request.Signal(sandbox, signal), title));
    }

    /// From now on the subscriber is told what happens. When it cannot be, this session is closed.
    public void subscribe(HelperClient.Subscriber subscriber) throws EngineException {
        try {
            version();
            connection.subscribe(subscriber);
        } catch (EngineException e) {
            close();
            throw e;
        }
    }

    /// Calls `changed` after each change, and when the helper goes away, until the handle is closed. On a connection
    /// of its own, since events come at any moment.
    ///
    /// @param responding called with false when the helper has been silent for a moment, within three seconds, and
    ///     with true when it says something again
    public AutoCloseable watch(Runnable changed, Consumer<Boolean> responding) throws EngineException {
        HelperSession events = sharing();
        // The next question misses a helper that goes away: it is asked at once.
        events.subscribe(new HelperClient.Subscriber() {
            @Override
            public void onEvent(Event event) {
                changed.run();
            }

            @Override
            public void onResponding(boolean again) {
                responding.accept(again);
            }

            @Override
            public void onDisconnected(EngineException reason) {
                changed.run();
            }
        });
        return events;
    }

    @Override
    public void close() {
        connection.close();
    }

    private static <R extends Reply> R granted(Answer<R> answer) throws RefusedException {
        return switch (answer) {
            case Answer.Granted<R>(R reply) -> reply;
            case Answer.Refused<R>(Refusal refusal) -> throw new RefusedException(refusal);
        };
    }

    /// For requests that leave the helper nothing to refuse.
    static <R extends Reply> R requireGranted(Answer<R> answer, String step) throws EngineException {
        return switch (answer) {
            case Answer.Granted<R>(R reply) -> reply;
            case Answer.Refused<R>(Refusal refusal) -> throw new EngineException(step, refusal.sentence());
        };
    }
}
