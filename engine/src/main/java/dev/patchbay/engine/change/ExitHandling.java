package dev.patchbay.engine.change;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.os.Errno;
import dev.patchbay.engine.protocol.Event;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.status.ActivityKind;
import dev.patchbay.engine.status.CommandExit;
import dev.patchbay.engine.status.SandboxStatus;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;

/// Handles the exit of a command, and its restart.
public final class ExitHandling {
    private static final System.Logger LOG = System.getLogger(ExitHandling.class.getName());

    private final DaemonState shared;
    private final ChangeExecutor changes;
    private final RestartBackoff restarts;

    public ExitHandling(DaemonState shared, ChangeExecutor changes) {
        this.shared = shared;
        this.changes = changes;
        this.restarts = new RestartBackoff(shared.delayedTasks());
    }

    /// Removes its endpoints and rules, records the exit, and applies its restart policy.
    public void onExit(SandboxSpec sandbox, CommandExit ending) {
        synchronized (shared) {
            if (shared.specs().find(sandbox.id()) instanceof SandboxSpec now
                    && now.running()
                    && now.run().equals(sandbox.run())) {
                recordExit(now, ending);
            }
        }
    }

    private void recordExit(SandboxSpec now, CommandExit ending) {
        SandboxStatus before = shared.statuses().find(now.id());
        int exitCode = ending.exitCode();
        boolean wanted = !ending.signals().isEmpty();
        boolean again = !wanted && RestartBackoff.isDue(now, exitCode, before == null ? 0 : before.restartCount());
        SpecChange change = now.settings().autoRemove() && !again
                ? StartupRecovery.removalOf(shared.specs(), now.id())
                : new SpecChange(List.of(wanted ? now.stoppedByUser() : now.stopped()), List.of());
        shared.statuses().recordExit(now.id(), exitCode, Instant.now(), again);
        changes.applyObserved(change, "(" + now.name() + " exited with " + exitCode + ")", List.of(ending));
        if (again) {
            restarts.schedule(now, before, () -> restartIfDue(now));
        } else {
            restarts.reset(now.id());
        }
    }

    /// Does nothing if a person has started it already.
    private void restartIfDue(SandboxSpec ended) {
        synchronized (shared) {
            if (shared.specs().find(ended.id()) instanceof SandboxSpec now
                    && !now.running()
                    && now.run().equals(ended.run())
                    && shared.statuses().find(now.id()) instanceof SandboxStatus status
                    && status.restarting()) {
                start(now);
            }
        }
    }

    private void start(SandboxSpec sandbox) {
        StartupRecovery.StartAttempt starting = StartupRecovery.StartAttempt.of(
                sandbox, shared.specs(), shared.kernel().workloads());
        Refusal refusal = starting.refusal();
        if (refusal != null) {
            recordStartFailure(sandbox, refusal.sentence());
            return;
        }
        try {
            SpecChange change = new SpecChange(List.of(starting.sandbox()), List.of());
            changes.execute(change, "(" + sandbox.name() + " started again)", ActivityKind.OBSERVED, 0);
        } catch (EngineException e) {
            LOG.log(Level.ERROR, "could not start a command again", e);
            if (e.errno() == Errno.ENOSPC) {
                restarts.schedule(sandbox, shared.statuses().find(sandbox.id()), () -> restartIfDue(sandbox));
            } else {
                recordStartFailure(sandbox, e.reason());
            }
        }
    }

    private void recordStartFailure(SandboxSpec sandbox, String error) {
        shared.statuses().clearRestarting(sandbox.id(), error);
        shared.subscribers().announce(new Event.RecordsChanged(shared.revision()));
    }
}
