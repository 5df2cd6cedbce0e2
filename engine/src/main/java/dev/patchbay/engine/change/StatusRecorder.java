package dev.patchbay.engine.change;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.journal.Journal;
import dev.patchbay.engine.sandbox.WorkloadRegistry.WorkloadEvent;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.status.CommandExit;
import dev.patchbay.engine.status.SandboxStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Records the status of each sandbox's command.
public final class StatusRecorder {
    private final Journal journal;

    StatusRecorder(Journal journal) {
        this.journal = journal;
    }

    /// Records starts and stops.
    public void recordAll(List<WorkloadEvent> news) {
        for (WorkloadEvent one : news) {
            switch (one) {
                case WorkloadEvent.Started started -> recordStart(started);
                case WorkloadEvent.Stopped stopped ->
                    recordExit(stopped.sandbox(), stopped.exitCode(), Instant.now(), false);
            }
        }
    }

    /// As [#recordAll], after an action was undone: a sandbox that does not run, and did not run before,
    /// counts as never started.
    void recordUndone(List<WorkloadEvent> news) {
        Map<Id, WorkloadEvent> last = new LinkedHashMap<>();
        news.forEach(one -> last.put(one.sandbox(), one));
        for (WorkloadEvent one : last.values()) {
            switch (one) {
                case WorkloadEvent.Started started -> recordStart(started);
                case WorkloadEvent.Stopped stopped -> {
                    if (find(stopped.sandbox()) instanceof SandboxStatus known && known.running()) {
                        recordExit(stopped.sandbox(), stopped.exitCode(), Instant.now(), false);
                    }
                }
            }
        }
    }

    static List<CommandExit> exits(List<WorkloadEvent> news) {
        List<CommandExit> endings = new ArrayList<>();
        for (WorkloadEvent one : news) {
            if (one instanceof WorkloadEvent.Stopped stopped) {
                endings.add(new CommandExit(stopped.sandbox(), stopped.signals(), stopped.exitCode()));
            }
        }
        return endings;
    }

    private void recordStart(WorkloadEvent.Started news) {
        SandboxStatus known = statusOrNew(news.sandbox());
        write(new SandboxStatus(
                news.sandbox(),
                true,
                news.pid(),
                0,
                news.at(),
                known.finishedAt(),
                "",
                false,
                known.restarting() ? known.restartCount() : 0));
    }

    /// @param again whether it will be restarted
    void recordExit(Id sandbox, int exitCode, Instant at, boolean again) {
        SandboxStatus known = statusOrNew(sandbox);
        write(new SandboxStatus(
                sandbox, false, 0, exitCode, known.startedAt(), at, "", again, known.restartCount() + (again ? 1 : 0)));
    }

    /// It will not be restarted after all.
    ///
    /// @param error why; empty when a person stopped it
    void clearRestarting(Id sandbox, String error) {
        SandboxStatus known = statusOrNew(sandbox);
        write(new SandboxStatus(
                sandbox,
                false,
                0,
                known.exitCode(),
                known.startedAt(),
                known.finishedAt(),
                error,
                false,
                known.restartCount()));
    }

    private void write(SandboxStatus status) {
        if (journal.stored().specs().find(status.sandbox()) instanceof Spec) {
            journal.status(status);
        }
    }

    private SandboxStatus statusOrNew(Id sandbox) {
        return find(sandbox) instanceof SandboxStatus known ? known : SandboxStatus.neverStarted(sandbox);
    }

    @Nullable
    SandboxStatus find(Id sandbox) {
        return journal.stored().statuses().stream()
                .filter(status -> status.sandbox().equals(sandbox))
                .findFirst()
                .orElse(null);
    }
}
