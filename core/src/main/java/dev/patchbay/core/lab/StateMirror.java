package dev.patchbay.core.lab;

import dev.patchbay.core.lab.state.HelperState;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.client.Answer;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.protocol.SyncPosition;
import dev.patchbay.engine.status.ActivityEntry;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a client knows of its helper's host, over one of its connections: read whole once, and after that only what
/// became another. Any thread may call.
final class StateMirror {
    /// @param activity that led to the state, the newest last
    record StateWithActivity(HelperState state, List<ActivityEntry> activity) {
        long lastNumber() {
            return activity.isEmpty() ? 0 : activity.getLast().number();
        }
    }

    /// @param activity null until somebody wants it: one action never does, and it may be longer than all the rest
    private record Entry(
            SyncPosition position,
            HelperState state,
            @Nullable List<ActivityEntry> activity) {}

    /// What the connections of one client know together: the records of a thousand containers are held once.
    /// Whichever read last has left it here, and each asks the helper what became another since then.
    static final class Cache {
        private volatile @Nullable Entry known;
    }

    private final HelperConnection link;
    private final Cache knowledge;

    StateMirror(HelperConnection link, Cache knowledge) {
        this.link = link;
        this.knowledge = knowledge;
    }

    /// Has the next reading be a whole one.
    void forget() {
        knowledge.known = null;
    }

    /// As it is now.
    synchronized HelperState state() throws EngineException {
        return now().state();
    }

    /// As it is now, with how it came to be so.
    synchronized StateWithActivity picture() throws EngineException {
        Entry now = now();
        List<ActivityEntry> activity = now.activity();
        while (activity == null) {
            synchronized (knowledge) {
                Entry known = knowledge.known;
                // After the activity, so that the state has all of it.
                now = follow(
                        known != null && known.activity() != null
                                ? known
                                : new Entry(now.position(), now.state(), shared(activityAfter(0), now.state())));
                knowledge.known = now;
                activity = now.activity();
            }
        }
        return new StateWithActivity(now.state(), activity);
    }

    private Entry now() throws EngineException {
        Entry before = knowledge.known;
        if (before == null) {
            // Whoever comes second waits, and learns what became another meanwhile.
            synchronized (knowledge) {
                before = knowledge.known;
                if (before == null) {
                    Entry whole = whole();
                    knowledge.known = whole;
                    return whole;
                }
            }
        }
        Entry now = follow(before);
        knowledge.known = now;
        return now;
    }

    /// What was done says the records again: whole when thousands were made together.
    private static List<ActivityEntry> shared(List<ActivityEntry> entries, HelperState state) {
        return entries.stream().map(entry -> entry.deduplicated(state.specs())).toList();
    }

    private Entry whole() throws EngineException {
        Reply.State state = granted(link.call(new Request.Snapshot()), "read the helper's records");
        return new Entry(state.position(), HelperState.of(state), null);
    }

    private Entry follow(Entry before) throws EngineException {
        return switch (link.call(new Request.Changes(before.position()))) {
            case Answer.Granted<Reply.Changes>(Reply.Changes changes) -> {
                HelperState state = before.state().after(changes);
                yield new Entry(
                        changes.position(), state, learned(before.activity(), shared(changes.activity(), state)));
            }
            case Answer.Refused<Reply.Changes>(Refusal refusal)
            when refusal.code().equals(Refusal.UNKNOWN_POSITION) -> whole();
            case Answer.Refused<Reply.Changes>(Refusal refusal) ->
                throw new EngineException("follow the helper's records", refusal.sentence());
        };
    }

    private static @Nullable List<ActivityEntry> learned(
            @Nullable List<ActivityEntry> old, List<ActivityEntry> entries) {
        if (old == null || entries.isEmpty()) {
            return old;
        }
        long last = old.isEmpty() ? 0 : old.getLast().number();
        List<ActivityEntry> all = Stream.concat(old.stream(), entries.stream().filter(entry -> entry.number() > last))
                .toList();
        return List.copyOf(all.subList(Math.max(0, all.size() - ActivityEntry.MAX_ENTRIES), all.size()));
    }

    private List<ActivityEntry> activityAfter(long number) throws EngineException {
        return granted(link.call(new Request.Activity(number)), "read what was done")
                .entries();
    }

    /// For requests that leave the helper nothing to refuse.
    static <R extends Reply> R granted(Answer<R> answer, String step) throws EngineException {
        return switch (answer) {
            case Answer.Granted<R>(R reply) -> reply;
            case Answer.Refused<R>(Refusal refusal) -> throw new EngineException(step, refusal.sentence());
        };
    }
}
