package dev.patchbay.engine.daemon;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.change.Actions;
import dev.patchbay.engine.change.Changes;
import dev.patchbay.engine.change.Endings;
import dev.patchbay.engine.change.Repairs;
import dev.patchbay.engine.change.Revival;
import dev.patchbay.engine.change.Shared;
import dev.patchbay.engine.change.Subscribers;
import dev.patchbay.engine.drift.Converger;
import dev.patchbay.engine.drift.Doubts;
import dev.patchbay.engine.drift.Problems;
import dev.patchbay.engine.journal.Journal;
import dev.patchbay.engine.journal.JournalRecord.Intent;
import dev.patchbay.engine.os.BootId;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.ActivityEntry;
import dev.patchbay.engine.step.Kernel;
import dev.patchbay.engine.step.StepWatch;
import dev.patchbay.engine.watch.HostPicture;
import java.lang.System.Logger.Level;

/// The one place where changes are made, one after the other: what clients ask for ([Actions]), what commands that
/// end make necessary ([Endings]), and repairs ([Repairs]).
///
/// Reading never waits for a change under way longer than its lock is held. Any thread may call.
final class Engine {
    private static final System.Logger LOG = System.getLogger(Engine.class.getName());

    private final Shared shared;
    private final Changes changes;
    private final Actions actions;
    private final Repairs repairs;
    private final Readings readings;
    private final Standpoints standpoints;

    Engine(
            Kernel kernel,
            Kernel looking,
            HostPicture picture,
            Converger converger,
            Journal journal,
            Subscribers subscribers,
            StepWatch watch) {
        this.shared = Shared.of(kernel, converger, journal, subscribers, watch);
        this.changes = new Changes(shared);
        Endings endings = new Endings(shared, changes);
        this.actions = new Actions(shared, changes, endings::ended);
        this.repairs = new Repairs(shared, looking);
        this.readings = new Readings(shared, picture);
        this.standpoints = new Standpoints(shared);
        kernel.runs().onEnd(endings::ended);
    }

    Actions actions() {
        return actions;
    }

    Repairs repairs() {
        return repairs;
    }

    Readings readings() {
        return readings;
    }

    Standpoints standpoints() {
        return standpoints;
    }

    /// What is recorded now.
    Specs specs() {
        return shared.specs();
    }

    Problems problems() {
        return shared.problems();
    }

    Doubts doubts() {
        return shared.doubts();
    }

    /// Before anybody is answered: takes over what still runs, makes the kernel match the records, and drops an
    /// intent without its end.
    ///
    /// The intent stays until all is mended: it tells what may be half in force, also when this is cut short.
    /// Does not throw for a kernel that resists: what is missing shows as a difference, and can be repaired.
    void recover() throws EngineException {
        synchronized (shared) {
            // The kernel is not made to match records that are not understood as a whole.
            shared.journal().requireWritable();
            Intent pending = shared.journal().stored().pending();
            Specs before = shared.specs();
            Specs interrupted = pending == null ? before : before.after(pending.change());
            shared.journal().boot(BootId.current());
            Revival revival = new Revival(shared.kernel().runs(), shared.statuses(), before, pending);
            SpecChange observed = revival.change();
            try {
                shared.converger().mend(shared.converger().difference(before.after(observed), interrupted));
            } catch (EngineException | RuntimeException e) {
                LOG.log(Level.ERROR, "the kernel could not be made to match the records", e);
            }
            shared.watch().reached("mended");
            if (pending != null) {
                shared.journal().abort();
            } else if (!shared.journal().stored().activity().isEmpty()) {
                ActivityEntry last = shared.journal().stored().activity().getLast();
                shared.converger().concludeFlows(before.after(last.inverse()), last.change());
            }
            if (!observed.isEmpty()) {
                changes.record(observed, "(what ended and started while no helper ran)");
                revival.conclude();
            }
            shared.statuses().follow(shared.kernel().runs().news());
        }
    }
}
