package dev.patchbay.engine.change;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.journal.JournalRecord.Intent;
import dev.patchbay.engine.sandbox.Adoption;
import dev.patchbay.engine.sandbox.SupervisedWorkload;
import dev.patchbay.engine.sandbox.WorkloadRegistry;
import dev.patchbay.engine.sandbox.WorkloadStart;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.SandboxStatus;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a new helper does with existing sandboxes: it adopts running commands, records exits that no
/// helper saw, and restarts sandboxes by their restart policy, after a crash and after a reboot.
public final class StartupRecovery {
    private static final System.Logger LOG = System.getLogger(StartupRecovery.class.getName());

    private final WorkloadRegistry runs;
    private final StatusRecorder statuses;
    private final Specs before;
    private final @Nullable Intent pending;
    private final List<MissedExit> missedExits = new ArrayList<>();
    private final List<Spec> changed = new ArrayList<>();
    private final List<Id> removed = new ArrayList<>();

    private record MissedExit(Id sandbox, int exitCode, Instant at) {}

    /// @param pending an interrupted change; a sandbox that it stopped runs again, whatever its policy
    ///     says
    public StartupRecovery(WorkloadRegistry runs, StatusRecorder statuses, Specs before, @Nullable Intent pending) {
        this.runs = runs;
        this.statuses = statuses;
        this.before = before;
        this.pending = pending;
    }

    /// Adopts running commands, and computes the change of the records for all others.
    public SpecChange adoptAll() throws EngineException {
        List<SandboxSpec> waiting = new ArrayList<>();
        for (SandboxSpec sandbox : before.sandboxes()) {
            if (sandbox.isExternal()) {
                continue;
            }
            if (!recover(sandbox)) {
                continue;
            }
            if (!sandbox.running()) {
                SandboxStatus status = statuses.find(sandbox.id());
                if (status != null
                        && status.startedAt() != null
                        && RestartBackoff.isDue(
                                sandbox, status.exitCode(), status.restarting() ? 0 : status.restartCount())) {
                    waiting.add(sandbox);
                }
            }
        }
        for (SandboxSpec sandbox : waiting) {
            start(sandbox);
        }
        return observedChange();
    }

    /// @return false when it is unknown; the other sandboxes are adopted nevertheless
    private boolean recover(SandboxSpec sandbox) {
        try {
            if (sandbox.running()) {
                adopt(sandbox);
            } else {
                recoverStopped(sandbox);
            }
            return true;
        } catch (EngineException e) {
            LOG.log(Level.ERROR, "container " + sandbox.name() + " could not be taken over", e);
            return false;
        }
    }

    private SpecChange observedChange() {
        return new SpecChange(changed, removed);
    }

    /// Called after the change was recorded.
    public void recordMissedExits() throws EngineException {
        for (MissedExit end : missedExits) {
            statuses.recordExit(end.sandbox(), end.exitCode(), end.at(), false);
        }
    }

    private void adopt(SandboxSpec sandbox) throws EngineException {
        switch (runs.adopt(sandbox)) {
            case Adoption.Running _ -> {}
            // Its namespace is not the recorded one; the comparison starts it in that one.
            case Adoption.WrongNetns stray -> WorkloadRegistry.kill(stray.workload());
            case Adoption.Ended end -> noteMissedExit(sandbox, end.exitCode(), end.finishedAt());
            case Adoption.NotFound _ -> noteMissedExit(sandbox, SupervisedWorkload.UNKNOWN_EXIT, Instant.now());
        }
    }

    private void noteMissedExit(SandboxSpec sandbox, int exitCode, Instant at) {
        SandboxStatus status = statuses.find(sandbox.id());
        boolean interrupted = pending != null && pending.change().ids().contains(sandbox.id());
        boolean due = RestartBackoff.isDue(sandbox, exitCode, status == null ? 0 : status.restartCount());
        if (interrupted || (due && isNetnsOwnerRunning(sandbox))) {
            return;
        }
        missedExits.add(new MissedExit(sandbox.id(), exitCode, at));
        if (sandbox.settings().autoRemove()) {
            removalOf(before, sandbox.id()).remove().forEach(removed::add);
        } else {
            changed.add(sandbox.stopped());
        }
    }

    /// The change that removes a sandbox with everything that belongs to it.
    static SpecChange removalOf(Specs specs, Id sandbox) {
        List<Id> remove = new ArrayList<>();
        specs.portsOf(sandbox).forEach(port -> remove.add(port.id()));
        specs.endpointsOf(sandbox).forEach(endpoint -> remove.add(endpoint.id()));
        remove.add(sandbox);
        return new SpecChange(List.of(), remove);
    }

    private boolean isNetnsOwnerRunning(SandboxSpec sandbox) {
        Specs now = before.after(observedChange());
        return sandbox.netnsOwner()
                .map(owner -> now.find(owner) instanceof SandboxSpec other && other.running())
                .orElse(true);
    }

    private void start(SandboxSpec sandbox) throws EngineException {
        Specs now = before.after(observedChange());
        StartAttempt starting = StartAttempt.of(sandbox, now, runs);
        if (starting.refusal() == null) {
            changed.add(starting.sandbox());
        } else {
            statuses.clearRestarting(sandbox.id(), starting.refusal().sentence());
        }
    }

    /// A start of a sandbox without a request.
    ///
    /// @param refusal why it cannot start
    record StartAttempt(SandboxSpec sandbox, @Nullable Refusal refusal) {
        static StartAttempt of(SandboxSpec stopped, Specs specs, WorkloadRegistry runs) {
            Optional<Id> owner = stopped.netnsOwner();
            if (owner.isPresent() && !(specs.find(owner.get()) instanceof SandboxSpec other && other.running())) {
                return new StartAttempt(
                        stopped,
                        Refusal.of(
                                "partner-not-running",
                                "cannot join network of a non running container: " + owner.get()));
            }
            SandboxSpec started = specs.withNewRun(stopped, Id.random());
            Refusal inconsistent = SpecValidator.refusal(specs, new SpecChange(List.of(started), List.of()));
            return new StartAttempt(
                    started,
                    inconsistent != null
                            ? inconsistent
                            : runs.startProblem(started)
                                    .map(WorkloadStart.Failed::sentence)
                                    .map(sentence -> Refusal.of("command-not-runnable", sentence))
                                    .orElse(null));
        }
    }

    /// The earlier helper recorded the stop of the sandbox and ended before it recorded the exit code,
    /// or before the stop.
    private void recoverStopped(SandboxSpec sandbox) throws EngineException {
        boolean left = (sandbox.usesHostNetwork() || sandbox.netnsOwner().isPresent()) && runs.stopOrphan(sandbox);
        SandboxStatus status = statuses.find(sandbox.id());
        if (!left && (status == null || !status.running())) {
            return;
        }
        switch (runs.adopt(sandbox)) {
            case Adoption.Ended end -> statuses.recordExit(sandbox.id(), end.exitCode(), end.finishedAt(), false);
            case Adoption.Running _, Adoption.WrongNetns _, Adoption.NotFound _ -> {
                if (status != null && status.running()) {
                    statuses.recordExit(sandbox.id(), SupervisedWorkload.UNKNOWN_EXIT, Instant.now(), false);
                }
            }
        }
    }
}
