package dev.patchbay.engine.helper;

import dev.patchbay.engine.converge.Converger;
import dev.patchbay.engine.converge.Kernel;
import dev.patchbay.engine.converge.Step;
import dev.patchbay.engine.converge.StepWatch;
import dev.patchbay.engine.journal.Journal;
import dev.patchbay.engine.netlink.Unreadable;
import dev.patchbay.engine.protocol.Event;
import dev.patchbay.engine.protocol.PlannedStep;
import dev.patchbay.engine.spec.Specs;
import java.util.List;

/// What the parts of the engine work on. Whoever changes the kernel or the records holds its monitor.
///
/// @param watch where a test stands between the steps
/// @param doubts what may not be as the records say any more
/// @param problems what was seen not to be
record Shared(
        Kernel kernel,
        Converger converger,
        Journal journal,
        Statuses statuses,
        Subscribers subscribers,
        StepWatch watch,
        Clock clock,
        Doubts doubts,
        Problems problems) {
    static Shared of(Kernel kernel, Converger converger, Journal journal, Subscribers subscribers, StepWatch watch) {
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

    Specs specs() {
        return journal.stored().specs();
    }

    long revision() {
        return journal.stored().revision();
    }

    /// Shows what could not be read, in the place of what the same reader could not read before.
    void report(String reader, List<Unreadable> unreadable) {
        if (problems.unreadable(reader, Unreadable.problems(unreadable))) {
            subscribers.announce(new Event.KernelChanged());
        }
    }

    static List<PlannedStep> planned(List<Step> steps) {
        return steps.stream().map(Step::planned).toList();
    }
}
