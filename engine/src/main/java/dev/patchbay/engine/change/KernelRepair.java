package dev.patchbay.engine.change;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.drift.KernelComparison;
import dev.patchbay.engine.firewall.Firewall;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.protocol.Event;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.step.KernelAccess;
import dev.patchbay.engine.step.Step;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Repairs the kernel to match the records, all of it or only some objects.
public final class KernelRepair {
    private static final System.Logger LOG = System.getLogger(KernelRepair.class.getName());

    private static final int UNLOCKED_ATTEMPTS = 2;

    private final DaemonState shared;
    private final KernelAccess comparisonAccess;

    /// @param looking a kernel with firewalls of its own, because those of the actions allow one caller
    ///     at a time
    public KernelRepair(DaemonState shared, KernelAccess looking) {
        this.shared = shared;
        this.comparisonAccess = looking;
    }

    /// Compares without a lock, so that no action waits. Only objects with a difference are compared
    /// again with the lock.
    public Reply.Planned repair(boolean dryRun) throws EngineException {
        Optional<List<Step>> seen = compareUnlocked();
        if (seen.isPresent() && (dryRun || seen.get().isEmpty())) {
            return new Reply.Planned(DaemonState.plannedSteps(seen.get()));
        }
        synchronized (shared) {
            List<Step> steps =
                    KernelComparison.repairSteps(shared.kernel(), shared.specs(), shared.specs(), Unreadable.IGNORE);
            if (!dryRun && !steps.isEmpty()) {
                runRepair(steps);
            }
            return new Reply.Planned(DaemonState.plannedSteps(steps));
        }
    }

    /// Empty when an action began during each attempt.
    private Optional<List<Step>> compareUnlocked() throws EngineException {
        synchronized (comparisonAccess) {
            for (int attempt = 0; attempt < UNLOCKED_ATTEMPTS; attempt++) {
                StateSnapshot snapshot = snapshot(false);
                List<Unreadable> flows = new ArrayList<>();
                try {
                    List<Step> steps = KernelComparison.repairSteps(
                            comparisonAccess, snapshot.specs(), snapshot.specs(), flows::add);
                    shared.reportUnreadable("flows", flows);
                    if (shared.problems().actionCount() == snapshot.actionCount()) {
                        return Optional.of(steps);
                    }
                } catch (EngineException e) {
                    if (shared.problems().actionCount() == snapshot.actionCount()) {
                        throw e;
                    }
                    LOG.log(Level.DEBUG, "an action took away what was looked at", e);
                }
            }
            return Optional.empty();
        }
    }

    private void runRepair(List<Step> steps) throws EngineException {
        shared.problems().actionStarts();
        try {
            shared.stepRunner().repair(steps);
        } finally {
            shared.statuses().recordAll(shared.kernel().workloads().drainEvents());
            shared.dirty().markAll();
        }
    }

    /// Repairs these networks, sandboxes and endpoints, and the rules.
    ///
    /// @param subjects ids; other values stand for problems without an object
    void repairSubjects(List<String> subjects) throws EngineException {
        synchronized (shared) {
            List<Step> steps = stepsFor(subjects, shared.specs());
            LOG.log(
                    Level.INFO,
                    "automatic repair: {0}",
                    steps.stream().map(Step::name).toList());
            runRepair(steps);
        }
    }

    private List<Step> stepsFor(List<String> subjects, Specs specs) throws EngineException {
        Set<Id> ids = subjects.stream()
                .filter(subject -> subject.matches("[0-9a-f]{64}"))
                .map(Id::new)
                .filter(id -> specs.find(id) != null)
                .collect(Collectors.toSet());
        KernelComparison comparison = KernelComparison.fromHost(shared.kernel(), specs);
        if (ids.size() < subjects.size()) {
            return KernelComparison.steps(comparison.findDrift(Unreadable.IGNORE));
        }
        List<Spec> inOrder = new ArrayList<>(specs.inCreationOrder(ids, NetworkSpec.class));
        inOrder.addAll(specs.inCreationOrder(ids, SandboxSpec.class));
        inOrder.addAll(specs.inCreationOrder(ids, EndpointSpec.class));
        return comparison.findDriftOf(inOrder.stream().map(Spec::id).toList(), Set.of()).values().stream()
                .flatMap(faults -> KernelComparison.steps(faults).stream())
                .toList();
    }

    public Reply.Done autoRepair(boolean on) throws EngineException {
        synchronized (shared) {
            if (on != autoRepair()) {
                shared.journal().autoRepair(on);
                shared.dirty().markAll();
                shared.subscribers().announce(new Event.KernelChanged());
            }
            return new Reply.Done();
        }
    }

    boolean autoRepair() {
        return shared.journal().stored().autoRepair();
    }

    /// Runs the work while no action runs, and none begins.
    <T> T withLock(Task<T> work) throws EngineException {
        synchronized (shared) {
            return work.run();
        }
    }

    interface Task<T> {
        T run() throws EngineException;
    }

    boolean isRecorded(Id id) {
        return shared.specs().find(id) != null;
    }

    /// @param actionCount see [ProblemRegistry]
    /// @param rulesChanged whether another program changed the rules
    record StateSnapshot(long actionCount, Specs specs, boolean rulesChanged) {}

    /// The records at a moment when no action runs.
    StateSnapshot snapshot(boolean askForRules) throws EngineException {
        synchronized (shared) {
            boolean inDoubt = false;
            if (askForRules) {
                for (Firewall firewall : shared.kernel().firewalls().values()) {
                    inDoubt |= firewall.changedByOthers();
                }
            }
            return new StateSnapshot(shared.problems().actionCount(), shared.specs(), inDoubt);
        }
    }
}
