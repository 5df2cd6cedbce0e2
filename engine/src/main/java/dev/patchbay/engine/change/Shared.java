package dev.patchbay.engine.change;

import dev.patchbay.engine.drift.Converger;
import dev.patchbay.engine.drift.Doubts;
import dev.patchbay.engine.drift.Problems;
import dev.patchbay.engine.journal.Journal;
import dev.patchbay.engine.netlink.Unreadable;
import dev.patchbay.engine.protocol.Event;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.PlannedStep;
import dev.patchbay.engine.step.Kernel;
import dev.patchbay.engine.step.Step;
import dev.patchbay.engine.step.StepWatch;
import java.util.List;

/// What the parts of the engine work on. Whoever changes the kernel or the records holds its monitor.
///
/// @param watch where a test stands between the steps
/// @param doubts what may not be as the records say any more
/// @param problems what was seen not to be
public record Shared(
        Kernel kernel,
        Converger converger,
        Journal journal,
        Statuses statuses,
        Subscribers subscribers,
        StepWatch watch,
        Clock clock,
        Doubts doubts,
        Problems problems) {
    public static Shared of(
            Kernel kernel, Converger converger, Journal journal, Subscribers subscribers, StepWatch watch) {
        return new Shared(
                kernel,
                converger,
                journal,
                new Statuses(journal),
                subscribers,
                watch,
                new Clock(),
                new Doubts(),
                new Problems());
    }

    public Specs specs() {
        return journal.stored().specs();
    }

    public long revision() {
        return journal.stored().revision();
    }

    /// Shows what could not be read, in the place of what the same reader could not read before.
    public void report(String reader, List<Unreadable> unreadable) {
        if (problems.unreadable(reader, Unreadable.problems(unreadable))) {
            subscribers.announce(new Event.KernelChanged());
        }
    }

    static List<PlannedStep> planned(List<Step> steps) {
        return steps.stream().map(Step::planned).toList();
    }
}
