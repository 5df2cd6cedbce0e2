package dev.patchbay.engine.daemon;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.change.ChangeExecutor;
import dev.patchbay.engine.change.ChangeRequests;
import dev.patchbay.engine.change.DaemonState;
import dev.patchbay.engine.change.EngineRuleRepair;
import dev.patchbay.engine.change.ExitHandling;
import dev.patchbay.engine.change.KernelRepair;
import dev.patchbay.engine.change.StartupRecovery;
import dev.patchbay.engine.change.Subscribers;
import dev.patchbay.engine.drift.DirtySet;
import dev.patchbay.engine.drift.KernelComparison;
import dev.patchbay.engine.drift.ProblemRegistry;
import dev.patchbay.engine.journal.Journal;
import dev.patchbay.engine.journal.JournalRecord.Intent;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.os.BootId;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.ActivityEntry;
import dev.patchbay.engine.step.KernelAccess;
import dev.patchbay.engine.step.StepObserver;
import dev.patchbay.engine.step.StepRunner;
import dev.patchbay.engine.watch.LinkCache;
import java.lang.System.Logger.Level;

/// Makes all changes, one after the other: requests of clients ([ChangeRequests]), consequences of exits
/// ([ExitHandling]), and repairs ([KernelRepair]).
///
/// A reader waits for a running change only while its lock is held. Any thread may call.
final class DaemonServices {
    private static final System.Logger LOG = System.getLogger(DaemonServices.class.getName());

    private final DaemonState shared;
    private final ChangeExecutor changes;
    private final ChangeRequests actions;
    private final KernelRepair repairs;
    private final EngineRuleRepair engineRules;
    private final ReadRequests reads;
    private final NetnsRequests netnsRequests;

    DaemonServices(
            KernelAccess kernel,
            KernelAccess looking,
            LinkCache picture,
            StepRunner stepRunner,
            Journal journal,
            Subscribers subscribers,
            StepObserver watch) {
        this.shared = DaemonState.of(kernel, stepRunner, journal, subscribers, watch);
        this.changes = new ChangeExecutor(shared);
        ExitHandling endings = new ExitHandling(shared, changes);
        this.actions = new ChangeRequests(shared, changes, endings::onExit);
        this.repairs = new KernelRepair(shared, looking);
        this.engineRules = new EngineRuleRepair(shared);
        this.reads = new ReadRequests(shared, picture, engineRules);
        this.netnsRequests = new NetnsRequests(shared);
        kernel.workloads().onExit(endings::onExit);
    }

    ChangeRequests actions() {
        return actions;
    }

    KernelRepair repairs() {
        return repairs;
    }

    EngineRuleRepair engineRules() {
        return engineRules;
    }

    ReadRequests reads() {
        return reads;
    }

    NetnsRequests netnsRequests() {
        return netnsRequests;
    }

    /// The present records.
    Specs specs() {
        return shared.specs();
    }

    ProblemRegistry problems() {
        return shared.problems();
    }

    DirtySet dirty() {
        return shared.dirty();
    }

    /// Runs before the first client is answered: adopts running commands, makes the kernel match the
    /// records, and undoes an unfinished change.
    ///
    /// The pending intent stays until the repair is complete: it tells what may be partly in force, also
    /// when this is interrupted. A failing kernel call does not throw: the difference is found later and
    /// can be repaired.
    void recover() throws EngineException {
        synchronized (shared) {
            // The kernel is not changed to match records that are only partly known.
            shared.journal().requireWritable();
            Intent pending = shared.journal().stored().pending();
            Specs before = shared.specs();
            Specs interrupted = pending == null ? before : before.after(pending.change());
            shared.journal().boot(BootId.current());
            StartupRecovery recovery =
                    new StartupRecovery(shared.kernel().workloads(), shared.statuses(), before, pending);
            SpecChange observed = recovery.adoptAll();
            try {
                shared.stepRunner()
                        .repair(KernelComparison.repairSteps(
                                shared.kernel(), before.after(observed), interrupted, Unreadable.IGNORE));
            } catch (EngineException | RuntimeException e) {
                LOG.log(Level.ERROR, "the kernel could not be made to match the records", e);
            }
            shared.observer().reached("mended");
            if (pending != null) {
                shared.journal().abort();
            } else if (!shared.journal().stored().activity().isEmpty()) {
                ActivityEntry last = shared.journal().stored().activity().getLast();
                shared.stepRunner().concludeUdpFlows(before.after(last.inverse()), last.change());
            }
            if (!observed.isEmpty()) {
                changes.recordObserved(observed, "(exits and starts while no helper ran)");
                recovery.recordMissedExits();
            }
            shared.statuses().recordAll(shared.kernel().workloads().drainEvents());
        }
    }
}
