package dev.patchbay.core.docker;

import dev.patchbay.core.docker.plan.DockerPlan;
import dev.patchbay.core.docker.state.DockerIds;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.HistoryEntry;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.Id;
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

/// What this session did to one engine, and so what it can take back: an engine keeps no such list. It outlives the
/// connection. Any thread may call.
public final class DockerHistory {
    private final List<HistoryEntry> entries = new ArrayList<>();
    private final Map<Long, DockerPlan> plans = new HashMap<>();
    private final Map<String, String> replacements = new HashMap<>();

    /// A plan that is about an earlier action.
    record Replay(HistoryEntry entry, DockerPlan plan) {}

    synchronized List<HistoryEntry> entries() {
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
        entries.add(new HistoryEntry(
                number,
                Instant.now(),
                last ? ActivityKind.FINAL : kind,
                refersTo,
                plan.title(),
                plan.planned(),
                micros));
        plans.put(number, plan);
        if (entries.size() > HistoryEntry.MAX_ENTRIES) {
            plans.remove(entries.removeFirst().number());
        }
        return number;
    }

    /// What was done before to objects that are gone for good cannot be taken back either.
    private void makeActionsFinal(DockerPlan gone) {
        Set<String> objects = currentIds(gone);
        entries.stream()
                .filter(entry -> entry.kind() == ActivityKind.ACTION)
                .filter(entry -> !Collections.disjoint(currentIds(plan(entry)), objects))
                .map(HistoryEntry::number)
                .toList()
                .forEach(this::makeFinal);
    }

    private Set<String> currentIds(DockerPlan plan) {
        return plan.objectIds().stream().map(this::currentId).collect(Collectors.toSet());
    }

    /// From now on the action is neither undone nor redone, and older ones can be.
    synchronized void makeFinal(long number) {
        entries.replaceAll(entry -> entry.number() == number ? entry.withKind(ActivityKind.FINAL) : entry);
    }

    /// The plan for what the person asks.
    ///
    /// @throws RefusedException when there is nothing of the kind, or the newest action cannot be undone
    synchronized Replay replay(HistoryAction action) throws RefusedException {
        if (action == HistoryAction.UNDO && action.find(entries) == null && !entries.isEmpty()) {
            // Says why, where that is the reason.
            plan(entries.getLast()).inverse();
        }
        HistoryEntry entry = action.require(entries);
        return new Replay(
                entry,
                switch (action) {
                    case UNDO -> plan(entry).inverse();
                    case REDO -> plan(entry).redo();
                });
    }

    private DockerPlan plan(HistoryEntry entry) {
        return Objects.requireNonNull(plans.get(entry.number()));
    }
}
