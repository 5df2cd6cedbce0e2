package dev.patchbay.engine.change;

import dev.patchbay.engine.drift.DirtySet;
import dev.patchbay.engine.drift.ProblemRegistry;
import dev.patchbay.engine.journal.Journal;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.protocol.Event;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.PlannedStep;
import dev.patchbay.engine.step.KernelAccess;
import dev.patchbay.engine.step.Step;
import dev.patchbay.engine.step.StepObserver;
import dev.patchbay.engine.step.StepRunner;
import java.util.List;

/// The state that the parts of the helper share. A change of the kernel or of the records needs its
/// lock.
///
/// @param observer of tests
/// @param dirty objects that may differ from the records
/// @param problems differences that were found
public record DaemonState(
        KernelAccess kernel,
        StepRunner stepRunner,
        Journal journal,
        StatusRecorder statuses,
        Subscribers subscribers,
        StepObserver observer,
        DelayedTasks delayedTasks,
        DirtySet dirty,
        ProblemRegistry problems) {
    public static DaemonState of(
            KernelAccess kernel, StepRunner stepRunner, Journal journal, Subscribers subscribers, StepObserver watch) {
        return new DaemonState(
                kernel,
                stepRunner,
                journal,
                new StatusRecorder(journal),
                subscribers,
                watch,
                new DelayedTasks(),
                new DirtySet(),
                new ProblemRegistry());
    }

    public Specs specs() {
        return journal.stored().specs();
    }

    public long revision() {
        return journal.stored().revision();
    }

    /// Replaces what this reader could not read before by what it cannot read now.
    public void reportUnreadable(String reader, List<Unreadable> unreadable) {
        if (problems.setUnreadable(reader, unreadable)) {
            subscribers.announce(new Event.KernelChanged());
        }
    }

    static List<PlannedStep> plannedSteps(List<Step> steps) {
        return steps.stream().map(Step::planned).toList();
    }
}
