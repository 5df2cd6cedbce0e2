package dev.patchbay.core.docker;

import dev.patchbay.core.docker.plan.DockerPlan;
import dev.patchbay.core.docker.state.DockerIds;
import dev.patchbay.core.model.UndoStacks;
import dev.patchbay.core.refusal.HistoryRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.status.ActivityEntry;
import dev.patchbay.engine.status.ActivityKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What this session did to one engine, and so what it can take back: an engine keeps no such list. It outlives the
/// connection. Any thread may call.
public final class DockerHistory {
    private static final SpecChange NO_RECORDS = new SpecChange(List.of(), List.of());

    private final List<ActivityEntry> entries = new ArrayList<>();
    private final Map<Long, DockerPlan> plans = new HashMap<>();
    private final Map<String, String> replacements = new HashMap<>();

    /// A plan that is about an earlier action.
    record Replay(ActivityEntry entry, DockerPlan plan) {}

    synchronized List<ActivityEntry> entries() {
        return List.copyOf(entries);
    }

    /// The id of the object that stands for this one now: what was removed and made again has another id.
    synchronized String currentId(String id) {
        String now = id;
        while (replacements.containsKey(now)) {
            now = replacements.get(now);
        }
        return now;
    }

    /// Of a container, as records know it.
    Id currentId(Id id) {
        return DockerIds.id(currentId(id.value()));
    }

    /// From now on another object stands for this one, and for all that this one stood for.
    synchronized void replaceId(String id, String by) {
        String now = currentId(id);
        if (!now.equals(by)) {
            replacements.put(now, by);
        }
    }

    /// @param refersTo number of the action that is taken back or done again; 0 for a new one
    synchronized long add(DockerPlan plan, ActivityKind kind, long refersTo, long micros) {
        long number = entries.isEmpty() ? 1 : entries.getLast().number() + 1;
        boolean last = kind == ActivityKind.ACTION && plan.isFinal();
        if (last) {
            makeActionsFinal(plan);
        }
        entries.add(new ActivityEntry(
                number,
                Instant.now(),
                last ? ActivityKind.FINAL : kind,
                refersTo,
                plan.title(),
                plan.planned(),
                micros,
                NO_RECORDS,
                NO_RECORDS,
                List.of()));
        plans.put(number, plan);
        if (entries.size() > ActivityEntry.MAX_ENTRIES) {
            plans.remove(entries.removeFirst().number());
        }
        return number;
    }

    /// What was done before to objects that are gone for good cannot be taken back either.
    private void makeActionsFinal(DockerPlan gone) {
        Set<String> objects = currentIds(gone);
        entries.stream()
                .filter(entry -> entry.kind() == ActivityKind.ACTION)
                .filter(entry ->
                        !Collections.disjoint(currentIds(Objects.requireNonNull(plans.get(entry.number()))), objects))
                .map(ActivityEntry::number)
                .toList()
                .forEach(this::makeFinal);
    }

    private Set<String> currentIds(DockerPlan plan) {
        return plan.objectIds().stream().map(this::currentId).collect(Collectors.toSet());
    }

    /// From now on the action is neither undone nor redone, and older ones can be.
    synchronized void makeFinal(long number) {
        entries.replaceAll(entry -> entry.number() == number
                ? new ActivityEntry(
                        number,
                        entry.at(),
                        ActivityKind.FINAL,
                        entry.refersTo(),
                        entry.title(),
                        entry.steps(),
                        entry.micros(),
                        entry.change(),
                        entry.inverse(),
                        entry.endings())
                : entry);
    }

    synchronized Replay undo() throws RefusedException {
        ActivityEntry entry = UndoStacks.undoable(entries);
        DockerPlan plan = plan(entry);
        if (entry == null || plan == null) {
            if (!entries.isEmpty() && plans.get(entries.getLast().number()) instanceof DockerPlan last) {
                // Says why, where that is the reason.
                last.inverse();
            }
            throw HistoryRefusals.nothingToUndo();
        }
        return new Replay(entry, plan.inverse());
    }

    synchronized Replay redo() throws RefusedException {
        ActivityEntry entry = UndoStacks.redoable(entries);
        DockerPlan plan = plan(entry);
        if (entry == null || plan == null) {
            throw HistoryRefusals.nothingToRedo();
        }
        return new Replay(entry, plan.redo());
    }

    private @Nullable DockerPlan plan(@Nullable ActivityEntry entry) {
        return entry == null ? null : plans.get(entry.number());
    }
}
