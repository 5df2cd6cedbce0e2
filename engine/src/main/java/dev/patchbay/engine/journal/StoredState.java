package dev.patchbay.engine.journal;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.ExternalPublishSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.ActivityEntry;
import dev.patchbay.engine.status.SandboxStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The state in the journal. Immutable.
///
/// @param statuses at most one per sandbox
/// @param activity the newest last, at most [ActivityEntry#MAX_ENTRIES]
/// @param bootId of the boot that the kernel's state belongs to; empty before the first
/// @param autoRepair whether differences are repaired as soon as they are found
/// @param pending an intent without its end: the helper ended in between, and the kernel must be
///     restored to `specs`
public record StoredState(
        long revision,
        Specs specs,
        List<SandboxStatus> statuses,
        List<ActivityEntry> activity,
        String bootId,
        boolean autoRepair,
        JournalRecord.@Nullable Intent pending) {
    /// The state before the first record.
    public static final StoredState EMPTY = new StoredState(0, Specs.EMPTY, List.of(), List.of(), "", false, null);

    public StoredState {
        statuses = List.copyOf(statuses);
        activity = List.copyOf(activity);
    }

    /// The state after one more record, both when it is written and when it is replayed.
    ///
    /// @throws IllegalStateException when the record is impossible in this state
    StoredState after(JournalRecord record) {
        return switch (record) {
            case JournalRecord.Intent intent -> begin(intent);
            case JournalRecord.Commit commit -> commit(commit);
            case JournalRecord.Abort() -> abort();
            case JournalRecord.Status(SandboxStatus status) ->
                new StoredState(revision, specs, with(status), activity, bootId, autoRepair, pending);
            case JournalRecord.Boot(String boot) ->
                new StoredState(revision, specs, statuses, activity, boot, autoRepair, pending);
            case JournalRecord.AutoRepair(boolean on) ->
                new StoredState(revision, specs, statuses, activity, bootId, on, pending);
        };
    }

    /// As [#after], when records may be missing before this one. A change without an end counts as made
    /// if a later record has a higher revision; the end of a change tells what the change was.
    StoredState afterGap(JournalRecord record) {
        return switch (record) {
            case JournalRecord.Intent intent -> {
                StoredState before =
                        pending != null && intent.baseRevision() > revision ? assumeCommitted() : withoutPending();
                yield before.withRevision(Math.max(before.revision, intent.baseRevision()))
                        .begin(intent);
            }
            case JournalRecord.Commit commit -> {
                ActivityEntry made = commit.activity();
                yield pending != null && pending.change().equals(made.change())
                        ? commit(commit)
                        : assumeCommitted()
                                .withRevision(commit.revision() - 1)
                                .begin(new JournalRecord.Intent(
                                        commit.revision() - 1,
                                        made.change(),
                                        made.title(),
                                        made.kind(),
                                        made.refersTo()))
                                .commit(commit);
            }
            case JournalRecord.Abort() -> withoutPending();
            case JournalRecord.Status _, JournalRecord.Boot _, JournalRecord.AutoRepair _ -> after(record);
        };
    }

    /// The state if the pending change was made, although no record says so.
    StoredState assumeCommitted() {
        return pending == null
                ? this
                : new StoredState(
                        revision + 1, specs.after(pending.change()), statuses, activity, bootId, autoRepair, null);
    }

    private StoredState withoutPending() {
        return pending == null ? this : abort();
    }

    private StoredState withRevision(long other) {
        return new StoredState(other, specs, statuses, activity, bootId, autoRepair, pending);
    }

    /// The state without specs that refer to missing ones.
    StoredState withoutDanglingReferences() {
        Specs whole = specs;
        while (true) {
            Specs present = whole;
            List<Id> dangling = present.all().stream()
                    .filter(spec -> isDangling(spec, present))
                    .map(Spec::id)
                    .toList();
            if (dangling.isEmpty()) {
                return new StoredState(revision, whole, statusesIn(whole), activity, bootId, autoRepair, pending);
            }
            whole = whole.after(new SpecChange(List.of(), dangling));
        }
    }

    private static boolean isDangling(Spec spec, Specs specs) {
        return switch (spec) {
            case EndpointSpec endpoint ->
                !(specs.find(endpoint.network()) instanceof NetworkSpec)
                        || !(specs.find(endpoint.sandbox()) instanceof SandboxSpec);
            case PortSpec port ->
                !(specs.find(port.sandbox()) instanceof SandboxSpec)
                        || (port.endpoint() != null && !(specs.find(port.endpoint()) instanceof EndpointSpec));
            case NetworkSpec _, SandboxSpec _, ExternalPublishSpec _ -> false;
        };
    }

    private StoredState begin(JournalRecord.Intent intent) {
        if (pending != null) {
            throw new IllegalStateException("an intent is pending: " + pending.title());
        }
        return new StoredState(revision, specs, statuses, activity, bootId, autoRepair, intent);
    }

    private StoredState commit(JournalRecord.Commit commit) {
        if (pending == null) {
            throw new IllegalStateException("no intent is pending");
        }
        if (commit.revision() <= revision) {
            throw new IllegalStateException("revision " + commit.revision() + " does not follow " + revision);
        }
        Specs next = specs.after(pending.change());
        List<ActivityEntry> entries = new ArrayList<>(activity);
        entries.add(commit.activity());
        List<ActivityEntry> kept = newestEntries(entries);
        boolean sandboxGoes = pending.change().remove().stream().anyMatch(id -> specs.find(id) instanceof SandboxSpec);
        List<SandboxStatus> left = sandboxGoes ? statusesIn(next) : statuses;
        return new StoredState(commit.revision(), next, left, kept, bootId, autoRepair, null);
    }

    /// The newest entries within the limits of number and size.
    private static List<ActivityEntry> newestEntries(List<ActivityEntry> entries) {
        int from = entries.size() - 1;
        long weight = entries.get(from).textSize();
        while (from > 0 && entries.size() - from < ActivityEntry.MAX_ENTRIES) {
            weight += entries.get(from - 1).textSize();
            if (weight > ActivityEntry.MAX_TEXT_SIZE) {
                break;
            }
            from--;
        }
        return entries.subList(from, entries.size());
    }

    private StoredState abort() {
        if (pending == null) {
            throw new IllegalStateException("no intent is pending");
        }
        return new StoredState(revision, specs, statusesIn(specs), activity, bootId, autoRepair, null);
    }

    private List<SandboxStatus> statusesIn(Specs of) {
        return statuses.stream()
                .filter(status -> of.find(status.sandbox()) instanceof SandboxSpec)
                .toList();
    }

    private List<SandboxStatus> with(SandboxStatus status) {
        List<SandboxStatus> all = new ArrayList<>(statuses);
        all.removeIf(old -> old.sandbox().equals(status.sandbox()));
        all.add(status);
        return all;
    }
}
