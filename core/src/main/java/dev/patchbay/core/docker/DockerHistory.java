package dev.patchbay.core.docker;

import dev.patchbay.core.docker.plan.DockerPlan;
import dev.patchbay.core.mistake.HistoryMistakes;
import dev.patchbay.core.mistake.Mistake;
import dev.patchbay.core.topology.Undoing;
import dev.patchbay.engine.protocol.ActivityEntry;
import dev.patchbay.engine.protocol.ActivityKind;
import dev.patchbay.engine.spec.SpecChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What this session did to one engine, and so what it can take back: an engine keeps no such list. It outlives the
/// connection. Any thread may call.
public final class DockerHistory {
    private static final SpecChange NO_RECORDS = new SpecChange(List.of(), List.of());

    private final List<ActivityEntry> entries = new ArrayList<>();
    private final Map<Long, DockerPlan> plans = new HashMap<>();

    /// A plan that is about an earlier action.
    record Again(ActivityEntry entry, DockerPlan plan) {}

    synchronized List<ActivityEntry> entries() {
        return List.copyOf(entries);
    }

    /// @param refersTo number of the action that is taken back or done again; 0 for a new one
    synchronized long add(DockerPlan plan, ActivityKind kind, long refersTo, long micros) {
        long number = entries.isEmpty() ? 1 : entries.getLast().number() + 1;
        entries.add(new ActivityEntry(
                number,
                Instant.now(),
                kind,
                refersTo,
                plan.title(),
                plan.planned(),
                micros,
                NO_RECORDS,
                NO_RECORDS,
                List.of()));
        plans.put(number, plan);
        if (entries.size() > ActivityEntry.KEPT) {
            plans.remove(entries.removeFirst().number());
        }
        return number;
    }

    synchronized Again undo() throws Mistake {
        ActivityEntry entry = Undoing.undoable(entries);
        DockerPlan plan = plan(entry);
        if (entry == null || plan == null) {
            throw HistoryMistakes.nothingToUndo();
        }
        return new Again(entry, plan.inverse());
    }

    synchronized Again redo() throws Mistake {
        ActivityEntry entry = Undoing.redoable(entries);
        DockerPlan plan = plan(entry);
        if (entry == null || plan == null) {
            throw HistoryMistakes.nothingToRedo();
        }
        return new Again(entry, plan.again());
    }

    private @Nullable DockerPlan plan(@Nullable ActivityEntry entry) {
        return entry == null ? null : plans.get(entry.number());
    }
}
