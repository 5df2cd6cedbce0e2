package dev.patchbay.engine.change;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.drift.KernelComparison;
import dev.patchbay.engine.journal.JournalRecord.Intent;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.protocol.Event;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.sandbox.WorkloadRegistry.WorkloadEvent;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.ActivityEntry;
import dev.patchbay.engine.status.ActivityKind;
import dev.patchbay.engine.status.CommandExit;
import dev.patchbay.engine.status.PlannedStep;
import dev.patchbay.engine.status.SandboxStatus;
import dev.patchbay.engine.step.ChangePlanner;
import dev.patchbay.engine.step.Step;
import dev.patchbay.engine.step.StepRunner;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Makes an admitted change: records the intent, runs the steps, records that they ran, and notifies
/// subscribers. Callers hold the lock of the shared state.
public final class ChangeExecutor {
    private static final System.Logger LOG = System.getLogger(ChangeExecutor.class.getName());

    /// How long after a change the answers of a slow server may still arrive.
    private static final List<Duration> LATE_CONCLUDES = List.of(Duration.ofMillis(250), Duration.ofSeconds(2));

    private final DaemonState shared;
    private final StepRunner stepRunner;

    public ChangeExecutor(DaemonState shared) {
        this.shared = shared;
        this.stepRunner = shared.stepRunner();
    }

    /// Makes the change completely or not at all.
    Reply.Applied execute(SpecChange change, String title, ActivityKind kind, long refersTo) throws EngineException {
        long started = System.nanoTime();
        Specs before = shared.specs();
        List<Step> steps = ChangePlanner.steps(shared.kernel(), before, change);
        shared.problems().actionStarts();
        shared.journal().intent(new Intent(shared.revision(), change, title, kind, refersTo));
        long revision = shared.revision() + 1;
        List<WorkloadEvent> news = new ArrayList<>();
        ActivityEntry entry;
        try {
            entry = stepRunner.run(steps, () -> {
                long micros = (System.nanoTime() - started) / 1000;
                news.addAll(shared.kernel().workloads().drainEvents());
                ActivityEntry written = new ActivityEntry(
                        nextActivityNumber(),
                        Instant.now(),
                        kind,
                        refersTo,
                        title,
                        DaemonState.plannedSteps(steps),
                        micros,
                        change,
                        change.inverse(before),
                        StatusRecorder.exits(news));
                shared.journal().commit(revision, written);
                return written;
            });
        } catch (EngineException failure) {
            rollBack(change, news, failure);
            throw failure;
        }
        finish(change, steps, news);
        return new Reply.Applied(revision, entry.number(), entry.steps(), entry.micros());
    }

    /// The change is in force and recorded, so no failure here may undo it.
    private void finish(SpecChange change, List<Step> steps, List<WorkloadEvent> news) throws EngineException {
        shared.observer().reached("committed");
        try {
            conclude(steps);
            shared.statuses().recordAll(news);
            cancelPendingRestarts(change);
            markDirty(change);
            shared.subscribers().announce(new Event.RecordsChanged(shared.revision()));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a change was made, and what follows it failed", e);
            shared.dirty().markAll();
        }
    }

    /// Makes a change that follows from an event in the kernel and that no client asked for. It is
    /// recorded in any case. What cannot be done now differs from the records; the comparison finds it
    /// and a repair can fix it.
    ///
    /// If the helper ends on the way, the old records stay, and the next helper detects the event
    /// itself.
    ///
    /// @param endings the exits that made the change necessary
    void applyObserved(SpecChange change, String title, List<CommandExit> endings) {
        long started = System.nanoTime();
        Specs before = shared.specs();
        List<Step> steps = List.of();
        shared.problems().actionStarts();
        try {
            steps = ChangePlanner.steps(shared.kernel(), before, change);
            stepRunner.repair(steps);
        } catch (EngineException | RuntimeException e) {
            LOG.log(Level.ERROR, "some steps failed after " + title, e);
            shared.dirty().markAll();
        }
        List<WorkloadEvent> news = shared.kernel().workloads().drainEvents();
        recordObserved(
                change,
                title,
                DaemonState.plannedSteps(steps),
                (System.nanoTime() - started) / 1000,
                Stream.concat(endings.stream(), StatusRecorder.exits(news).stream())
                        .toList());
        conclude(steps);
        shared.statuses().recordAll(news);
        markDirty(change);
        shared.subscribers().announce(new Event.RecordsChanged(shared.revision()));
    }

    /// Records a change that no client asked for and that is already in the kernel.
    public void recordObserved(SpecChange change, String title) {
        recordObserved(change, title, List.of(), 0, List.of());
    }

    private void recordObserved(
            SpecChange change, String title, List<PlannedStep> steps, long micros, List<CommandExit> endings) {
        Specs before = shared.specs();
        long revision = shared.revision();
        shared.journal()
                .observed(
                        new Intent(revision, change, title, ActivityKind.OBSERVED, 0),
                        revision + 1,
                        new ActivityEntry(
                                nextActivityNumber(),
                                Instant.now(),
                                ActivityKind.OBSERVED,
                                0,
                                title,
                                steps,
                                micros,
                                change,
                                change.inverse(before),
                                endings));
    }

    private void conclude(List<Step> steps) {
        stepRunner.conclude(steps);
        List<Step> lateSteps = steps.stream().filter(Step::needsLateConclude).toList();
        if (!lateSteps.isEmpty()) {
            LATE_CONCLUDES.forEach(pause -> shared.delayedTasks().schedule(pause, "conclude again", () -> {
                synchronized (shared) {
                    stepRunner.conclude(lateSteps);
                }
            }));
        }
    }

    /// A stop or start by a person cancels the scheduled restart.
    private void cancelPendingRestarts(SpecChange change) {
        for (Spec spec : change.put()) {
            if (spec instanceof SandboxSpec sandbox
                    && sandbox.stoppedByPerson()
                    && shared.statuses().find(sandbox.id()) instanceof SandboxStatus status
                    && status.restarting()) {
                shared.statuses().clearRestarting(sandbox.id(), "");
            }
        }
    }

    /// No event ends the problem of an object that is removed, so it is checked again.
    private void markDirty(SpecChange change) {
        if (!shared.problems().all().isEmpty()) {
            shared.dirty().mark(Set.copyOf(change.ids()));
            shared.dirty().markRulesAndForwarding();
        }
    }

    /// Undoes the steps after a failure. A comparison of the whole kernel repairs what could not be
    /// undone, and commands that were ended in vain. The next check finds what is still wrong.
    ///
    /// @param news not announced yet
    private void rollBack(SpecChange change, List<WorkloadEvent> news, EngineException failure) {
        try {
            boolean ended = false;
            for (Id id : change.ids()) {
                ended |= shared.specs().find(id) instanceof SandboxSpec sandbox
                        && shared.kernel()
                                .workloads()
                                .cancelStopRequest(sandbox)
                                .isPresent();
            }
            if (ended || failure.getSuppressed().length > 0) {
                LOG.log(Level.WARNING, "undoing left something behind; comparing the whole kernel", failure);
                stepRunner.repair(KernelComparison.repairSteps(
                        shared.kernel(), shared.specs(), shared.specs().after(change), Unreadable.IGNORE));
            }
        } catch (EngineException | RuntimeException e) {
            failure.addSuppressed(e);
            shared.dirty().markAll();
        } finally {
            shared.journal().abort();
            List<WorkloadEvent> all = new ArrayList<>(news);
            all.addAll(shared.kernel().workloads().drainEvents());
            shared.statuses().recordUndone(all);
        }
    }

    private long nextActivityNumber() {
        List<ActivityEntry> activity = shared.journal().stored().activity();
        return activity.isEmpty() ? 1 : activity.getLast().number() + 1;
    }
}
