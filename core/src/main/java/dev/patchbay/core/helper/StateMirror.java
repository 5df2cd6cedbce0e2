package dev.patchbay.core.helper;

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
    /// @param activity null until somebody wants it: one action never does, and it may be longer than all the rest
    private record Entry(
            SyncPosition position,
            HelperState state,
            @Nullable List<ActivityEntry> activity) {}

    /// What the connections of one client know together: the records of a thousand containers are held once.
    /// Whichever read last has left it here, and each asks the helper what became another since then.
    static final class Cache {
        private volatile @Nullable Entry entry;

        /// Has the next reading be a whole one.
        void invalidate() {
            entry = null;
        }
    }

    private final HelperConnection connection;
    private final Cache cache;

    StateMirror(HelperConnection connection, Cache cache) {
        this.connection = connection;
        this.cache = cache;
    }

    synchronized HelperState state() throws EngineException {
        return current().state();
    }

    synchronized HelperSession.StateWithActivity stateWithActivity() throws EngineException {
        Entry now = current();
        List<ActivityEntry> activity = now.activity();
        while (activity == null) {
            synchronized (cache) {
                Entry known = cache.entry;
                // Read after the activity, so that the state includes all of it.
                now = readChanges(
                        known != null && known.activity() != null
                                ? known
                                : new Entry(now.position(), now.state(), shareSpecs(activityAfter(0), now.state())));
                cache.entry = now;
                activity = now.activity();
            }
        }
        return new HelperSession.StateWithActivity(now.state(), activity);
    }

    private Entry current() throws EngineException {
        Entry before = cache.entry;
        if (before == null) {
            // A second reader waits here, and then reads only the later changes.
            synchronized (cache) {
                before = cache.entry;
                if (before == null) {
                    Entry whole = readAll();
                    cache.entry = whole;
                    return whole;
                }
            }
        }
        Entry now = readChanges(before);
        cache.entry = now;
        return now;
    }

    /// Entries repeat the records; many that were made together are shared completely.
    private static List<ActivityEntry> shareSpecs(List<ActivityEntry> entries, HelperState state) {
        return entries.stream().map(entry -> entry.deduplicated(state.specs())).toList();
    }

    private Entry readAll() throws EngineException {
        Reply.State state =
                HelperSession.requireGranted(connection.call(new Request.Snapshot()), "read the helper's records");
        return new Entry(state.position(), HelperState.of(state), null);
    }

    private Entry readChanges(Entry before) throws EngineException {
        return switch (connection.call(new Request.Changes(before.position()))) {
            case Answer.Granted<Reply.Changes>(Reply.Changes changes) -> {
                HelperState state = before.state().withChanges(changes);
                yield new Entry(
                        changes.position(),
                        state,
                        appendActivity(before.activity(), shareSpecs(changes.activity(), state)));
            }
            case Answer.Refused<Reply.Changes>(Refusal refusal)
            when refusal.code().equals(Refusal.UNKNOWN_POSITION) -> readAll();
            case Answer.Refused<Reply.Changes>(Refusal refusal) ->
                throw new EngineException("follow the helper's records", refusal.sentence());
        };
    }

    private static @Nullable List<ActivityEntry> appendActivity(
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
        return HelperSession.requireGranted(connection.call(new Request.Activity(number)), "read what was done")
                .entries();
    }
}
