package dev.patchbay.app.hosts;

import dev.patchbay.app.task.Tasks;
import dev.patchbay.app.text.Messages;
import dev.patchbay.app.text.RefusalText;
import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.core.host.HostCapability;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// The connection to the host. It reconnects by itself after a loss, and all requests use it.
final class HostConnection {
    static final Duration FIRST_RETRY = Duration.ofMillis(500);
    static final Duration LAST_RETRY = Duration.ofSeconds(10);

    private final HostKind kind;
    private final HostOpener opener;
    private final Tasks tasks;
    private final InstantSource clock;
    private final ReadOnlyObjectWrapper<ConnectionState> state =
            new ReadOnlyObjectWrapper<>(new ConnectionState.Opening());
    private final ReadOnlyObjectWrapper<@Nullable Topology> topology = new ReadOnlyObjectWrapper<>();

    private @Nullable ConnectedHost connected;
    private @Nullable AutoCloseable watch;
    private @Nullable EarlyLoss earlyLoss;
    private Tasks.@Nullable ScheduledTask retry;
    private Duration nextRetry = FIRST_RETRY;
    private final List<PendingOutcome> pendingOutcomes = new ArrayList<>();
    private BiConsumer<String, Boolean> outcomeListener = (_, _) -> {};
    private boolean opening;
    private boolean closed;

    HostConnection(HostKind kind, HostOpener opener, Tasks tasks, InstantSource clock) {
        this.kind = kind;
        this.opener = opener;
        this.tasks = tasks;
        this.clock = clock;
        state.subscribe(this::resolvePendingOutcomes);
    }

    ReadOnlyObjectProperty<ConnectionState> state() {
        return state.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<@Nullable Topology> topology() {
        return topology.getReadOnlyProperty();
    }

    /// Connects, or tries again at once.
    void open() {
        if (opening || closed) {
            return;
        }
        opening = true;
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
        switch (state.get()) {
            case ConnectionState.Lost lost ->
                state.set(new ConnectionState.Lost(lost.sentence(), lost.lastSeen(), true));
            case ConnectionState.Silent _ -> {
                // The previous state stays until the host answers.
            }
            case ConnectionState.Opening _, ConnectionState.Unavailable _, ConnectionState.Live _ ->
                state.set(new ConnectionState.Opening());
        }
        tasks.run(this::openAndWatch, this::opened, this::openFailed);
    }

    /// Connects again; the topology stays until the next one arrives.
    void reopen() {
        if (!opening && !closed) {
            disconnect();
            open();
        }
    }

    /// The connection was lost before the call that opened the host had returned.
    private record EarlyLoss(ConnectedHost connected, EngineException cause) {}

    private sealed interface Opened {
        record Watched(ConnectedHost connected, AutoCloseable watch) implements Opened {}

        record Refused(Refusal refusal) implements Opened {}
    }

    private Opened openAndWatch() throws EngineException {
        return switch (opener.open()) {
            case HostOpener.Result.Opened there -> watch(there.connected());
            case HostOpener.Result.Unavailable not -> new Opened.Refused(not.refusal());
        };
    }

    private Opened watch(ConnectedHost fresh) throws EngineException {
        try {
            AutoCloseable handle = fresh.watch(
                    changed -> tasks.deliver(() -> topologyChanged(fresh, changed)),
                    answers -> tasks.deliver(() -> answerStateChanged(fresh, answers)),
                    e -> tasks.deliver(() -> lost(fresh, e)));
            return new Opened.Watched(fresh, handle);
        } catch (EngineException e) {
            fresh.close();
            throw e;
        }
    }

    private void opened(Opened opened) {
        switch (opened) {
            case Opened.Watched(var fresh, var handle) -> connected(fresh, handle);
            case Opened.Refused(var refusal) -> openFailed(RefusalText.of(refusal), refusal.advice(), false);
        }
    }

    private void connected(ConnectedHost fresh, AutoCloseable handle) {
        opening = false;
        connected = fresh;
        watch = handle;
        if (closed) {
            disconnect();
            return;
        }
        EarlyLoss early = earlyLoss;
        earlyLoss = null;
        if (early != null && early.connected().equals(fresh)) {
            lost(fresh, early.cause());
            return;
        }
        nextRetry = FIRST_RETRY;
        state.set(new ConnectionState.Live());
    }

    private void openFailed(EngineException e) {
        openFailed(sentence(e), kind.unavailableAdvice(), e.kind() == EngineException.Kind.NOT_RESPONDING);
        if (state.get() instanceof ConnectionState.Unavailable && isTransient(e)) {
            scheduleRetry();
        }
    }

    /// Whether another attempt may succeed soon: a host that does not answer, or that has too many
    /// clients, may accept a connection at any moment.
    private static boolean isTransient(EngineException e) {
        return switch (e.kind()) {
            case NOT_RESPONDING, REJECTED -> true;
            case FAILED, DISCONNECTED, OUTCOME_UNKNOWN -> false;
        };
    }

    private void openFailed(String sentence, String advice, boolean silent) {
        opening = false;
        switch (state.get()) {
            case ConnectionState.Lost lost -> {
                state.set(
                        silent
                                ? new ConnectionState.Silent(silentPeer(), lost.lastSeen())
                                : new ConnectionState.Lost(lost.sentence(), lost.lastSeen(), false));
                scheduleRetry();
            }
            case ConnectionState.Silent(var _, var lastSeen) -> {
                if (!silent) {
                    state.set(new ConnectionState.Lost(sentence, lastSeen, false));
                }
                scheduleRetry();
            }
            case ConnectionState.Opening _, ConnectionState.Unavailable _, ConnectionState.Live _ ->
                state.set(new ConnectionState.Unavailable(sentence, advice));
        }
    }

    /// The process that must answer for the host.
    private ConnectionState.Peer silentPeer() {
        return switch (kind) {
            case LAB -> ConnectionState.Peer.HELPER;
            case ENGINE -> ConnectionState.Peer.ENGINE;
        };
    }

    private void topologyChanged(ConnectedHost from, Topology changed) {
        // The first topology may be delivered before the call that opened the host returns.
        if (!closed && (connected == null || connected.equals(from))) {
            topology.set(changed);
        }
    }

    private void answerStateChanged(ConnectedHost from, boolean answers) {
        if (closed || !from.equals(connected)) {
            return;
        }
        if (!answers && state.get() instanceof ConnectionState.Live) {
            state.set(new ConnectionState.Silent(ConnectionState.Peer.HELPER, clock.instant()));
        } else if (answers && state.get() instanceof ConnectionState.Silent) {
            state.set(new ConnectionState.Live());
        }
    }

    private void lost(ConnectedHost from, EngineException e) {
        if (closed || (connected != null && !connected.equals(from))) {
            return;
        }
        if (connected == null) {
            earlyLoss = new EarlyLoss(from, e);
            return;
        }
        disconnect();
        state.set(
                e.kind() == EngineException.Kind.NOT_RESPONDING
                        ? new ConnectionState.Silent(silentPeer(), clock.instant())
                        : new ConnectionState.Lost(sentence(e), clock.instant(), false));
        scheduleRetry();
    }

    private void scheduleRetry() {
        if (closed) {
            return;
        }
        if (state.get() instanceof ConnectionState.Silent) {
            // The next attempt has the shortest delay again, because this one waited for the host as
            // long as a person would.
            nextRetry = FIRST_RETRY;
        }
        retry = tasks.schedule(nextRetry, this::open);
        Duration doubled = nextRetry.multipliedBy(2);
        nextRetry = doubled.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : doubled;
    }

    /// @param failed called instead when the host is away or does not answer
    <T> void ask(HostViewModel.HostCall<T> question, Consumer<T> answer, Consumer<Refusal> failed) {
        ConnectedHost target = connected;
        if (target == null || state.get() instanceof ConnectionState.Silent) {
            failed.accept(unreachableRefusal());
            return;
        }
        long known = lastActivityNumber();
        tasks.run(() -> delivery(question, target, answer, failed), Runnable::run, e -> {
            boolean unknown = e.kind() == EngineException.Kind.OUTCOME_UNKNOWN;
            if (unknown && kind == HostKind.LAB) {
                pendingOutcomes.add(new PendingOutcome(e.step(), known));
            }
            failed.accept(new Refusal(
                    "engine", sentence(e), unknown ? outcomeUnknownAdvice() : Messages.of("engine.advice")));
            resolvePendingOutcomes();
        });
    }

    private static <T> Runnable delivery(
            HostViewModel.HostCall<T> question, ConnectedHost target, Consumer<T> answer, Consumer<Refusal> failed)
            throws EngineException {
        try {
            T given = question.call(target);
            return () -> answer.accept(given);
        } catch (RefusedException refused) {
            return () -> failed.accept(refused.refusal());
        }
    }

    Optional<Refusal> unavailable(HostCapability capability) {
        return Optional.ofNullable(connected).flatMap(host -> host.unavailable(capability));
    }

    /// Why nothing can be asked while the host does not answer.
    Refusal unreachableRefusal() {
        return state.get() instanceof ConnectionState.Silent(var peer, var _)
                ? new Refusal("not-answering", peer.unreachableText(), Messages.of("host.silent.advice"))
                : new Refusal("not-connected", kind.unreachableText(), Messages.of("host.away.advice"));
    }

    /// An engine keeps no list of changes; the next topology shows whether the change was made.
    private String outcomeUnknownAdvice() {
        return switch (kind) {
            case LAB -> Messages.of("outcome.unknown.advice");
            case ENGINE -> Messages.of("engine.unknown.advice");
        };
    }

    /// A change that got no answer.
    ///
    /// @param title as the host's activity names it
    /// @param afterActivity number of the newest activity known when the change was requested
    private record PendingOutcome(String title, long afterActivity) {
        boolean isDone(Topology topology) {
            return topology.activity().stream()
                    .anyMatch(entry ->
                            entry.number() > afterActivity && entry.title().equals(title));
        }
    }

    private long lastActivityNumber() {
        Topology known = topology.get();
        return known == null || known.activity().isEmpty()
                ? 0
                : known.activity().getLast().number();
    }

    /// Asks over the same connection, if it still exists, because the helper answers requests in their
    /// order.
    private void resolvePendingOutcomes() {
        ConnectedHost target = connected;
        if (pendingOutcomes.isEmpty() || target == null || !(state.get() instanceof ConnectionState.Live)) {
            return;
        }
        List<PendingOutcome> asked = List.copyOf(pendingOutcomes);
        pendingOutcomes.clear();
        tasks.run(
                target::topology,
                now -> asked.forEach(change -> outcomeListener.accept(change.title(), change.isDone(now))),
                _ -> pendingOutcomes.addAll(asked));
    }

    /// @param listener called with the title of a change whose outcome was unknown, and whether it was
    ///     made
    void setOutcomeListener(BiConsumer<String, Boolean> listener) {
        outcomeListener = listener;
    }

    private static String sentence(EngineException e) {
        String message = e.getMessage();
        return message == null ? e.step() : message;
    }

    private void disconnect() {
        ConnectedHost last = connected;
        AutoCloseable lastWatch = watch;
        connected = null;
        watch = null;
        if (last != null) {
            tasks.run(
                    () -> {
                        close(lastWatch);
                        last.close();
                        return last;
                    },
                    _ -> {},
                    _ -> {});
        }
    }

    private static void close(@Nullable AutoCloseable handle) throws EngineException {
        try {
            if (handle != null) {
                handle.close();
            }
        } catch (Exception e) {
            throw new EngineException("stop watching", String.valueOf(e.getMessage()), e);
        }
    }

    void close() {
        closed = true;
        if (retry != null) {
            retry.cancel();
        }
        disconnect();
    }
}
