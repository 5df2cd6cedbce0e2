package dev.patchbay.core.helper;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.ActivityEntry;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.SandboxStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The helper's records and the kernel's state at one moment. Immutable.
///
/// @param problems differences between kernel and records
/// @param autoRepair whether problems are repaired as soon as they are found
public record HelperState(
        long revision,
        Specs specs,
        Map<Id, SandboxStatus> statuses,
        List<Problem> problems,
        boolean autoRepair,
        KernelState kernel) {
    public HelperState {
        statuses = Map.copyOf(statuses);
        problems = List.copyOf(problems);
    }

    public static HelperState of(Reply.State state) {
        Map<Id, SandboxStatus> statuses = new HashMap<>();
        state.statuses().forEach(status -> statuses.put(status.sandbox(), status));
        return new HelperState(
                state.revision(),
                Specs.of(state.specs()),
                statuses,
                state.problems(),
                state.autoRepair(),
                state.kernel());
    }

    /// The state after these changes, which began in this one. Unchanged objects are shared.
    public HelperState withChanges(Reply.Changes changes) {
        Specs next = specs;
        for (ActivityEntry entry : changes.activity()) {
            next = next.after(entry.change());
        }
        return new HelperState(
                changes.revision(),
                next,
                statuses(changes, next),
                changes.problems(),
                changes.autoRepair(),
                kernel.apply(changes.kernel()));
    }

    private Map<Id, SandboxStatus> statuses(Reply.Changes changes, Specs present) {
        if (changes.statuses().isEmpty() && changes.activity().isEmpty()) {
            return statuses;
        }
        Map<Id, SandboxStatus> next = new HashMap<>(statuses);
        changes.statuses().forEach(status -> next.put(status.sandbox(), status));
        changes.activity().stream()
                .flatMap(entry -> entry.change().remove().stream())
                .filter(id -> present.find(id) == null)
                .forEach(next::remove);
        return next;
    }

    /// The same host with other records.
    public HelperState with(Specs others) {
        return new HelperState(revision, others, statuses, problems, autoRepair, kernel);
    }

    /// The same host with another state of the kernel.
    public HelperState with(KernelState other) {
        return new HelperState(revision, specs, statuses, problems, autoRepair, other);
    }

    public @Nullable SandboxStatus status(Id sandbox) {
        return statuses.get(sandbox);
    }
}
