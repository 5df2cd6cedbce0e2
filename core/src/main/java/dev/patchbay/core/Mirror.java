package dev.patchbay.core;

import dev.patchbay.core.topology.HostState;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.Answer;
import dev.patchbay.engine.protocol.ActivityEntry;
import dev.patchbay.engine.protocol.Position;
import dev.patchbay.engine.protocol.Refusal;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.protocol.Request;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What one connection knows of its helper's host: read whole once, and after that only what became another. Any
/// thread may call.
final class Mirror {
    /// @param activity that led to the state, the newest last
    record Picture(HostState state, List<ActivityEntry> activity) {
        long lastNumber() {
            return activity.isEmpty() ? 0 : activity.getLast().number();
        }
    }

    private record Known(Position position, HostState state) {}

    private final HelperLink link;
    private @Nullable Known known;
    /// Null until somebody wants it: one action never does, and it may be longer than all the rest.
    private @Nullable List<ActivityEntry> activity;

    Mirror(HelperLink link) {
        this.link = link;
    }

    /// As it is now.
    synchronized HostState state() throws EngineException {
        Known before = known;
        Known now = before == null ? whole() : follow(before);
        known = now;
        return now.state();
    }

    /// As it is now, with how it came to be so.
    synchronized Picture picture() throws EngineException {
        if (activity == null) {
            state();
            activity = activityAfter(0);
        }
        // After the activity, so that the state has all of it.
        HostState state = state();
        return new Picture(state, Objects.requireNonNull(activity));
    }

    private Known whole() throws EngineException {
        Reply.State state = granted(link.call(new Request.Snapshot()), "read the helper's records");
        Known read = new Known(state.position(), HostState.of(state));
        if (activity == null) {
            return read;
        }
        activity = activityAfter(0);
        return follow(read);
    }

    private Known follow(Known before) throws EngineException {
        return switch (link.call(new Request.Changes(before.position()))) {
            case Answer.Granted<Reply.Changes>(Reply.Changes changes) -> {
                learn(changes.activity());
                yield new Known(changes.position(), before.state().after(changes));
            }
            case Answer.Refused<Reply.Changes>(Refusal refusal)
            when refusal.code().equals(Refusal.UNKNOWN_POSITION) -> whole();
            case Answer.Refused<Reply.Changes>(Refusal refusal) ->
                throw new EngineException("follow the helper's records", refusal.sentence());
        };
    }

    private void learn(List<ActivityEntry> entries) {
        List<ActivityEntry> old = activity;
        if (old == null || entries.isEmpty()) {
            return;
        }
        long last = old.isEmpty() ? 0 : old.getLast().number();
        List<ActivityEntry> all = Stream.concat(old.stream(), entries.stream().filter(entry -> entry.number() > last))
                .toList();
        activity = List.copyOf(all.subList(Math.max(0, all.size() - ActivityEntry.KEPT), all.size()));
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
