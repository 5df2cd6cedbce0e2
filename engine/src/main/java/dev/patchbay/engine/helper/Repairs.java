package dev.patchbay.engine.helper;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.converge.Converger;
import dev.patchbay.engine.converge.Step;
import dev.patchbay.engine.firewall.Firewall;
import dev.patchbay.engine.protocol.Event;
import dev.patchbay.engine.protocol.Reply;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.Id;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.Specs;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Makes the kernel match the records again, all of it or just what is about some objects.
final class Repairs {
    private static final System.Logger LOG = System.getLogger(Repairs.class.getName());

    private final Shared shared;
    private final Converger converger;

    Repairs(Shared shared) {
        this.shared = shared;
        this.converger = shared.converger();
    }

    Reply.Planned repair(boolean dryRun) throws EngineException {
        synchronized (shared) {
            List<Step> steps = converger.difference(shared.specs(), shared.specs());
            if (!dryRun && !steps.isEmpty()) {
                mend(steps);
            }
            return new Reply.Planned(Shared.planned(steps));
        }
    }

    private void mend(List<Step> steps) throws EngineException {
        shared.problems().acting();
        try {
            converger.mend(steps);
        } finally {
            shared.statuses().follow(shared.kernel().runs().news());
            shared.doubts().addEverything();
        }
    }

    /// Repairs what is about these networks, sandboxes and endpoints, and about the rules.
    ///
    /// @param subjects ids, or anything else for what is about none of them
    void mendSubjects(List<String> subjects) throws EngineException {
        synchronized (shared) {
            List<Step> steps = stepsFor(subjects, shared.specs());
            LOG.log(
                    Level.INFO,
                    "repairing by itself: {0}",
                    steps.stream().map(Step::name).toList());
            mend(steps);
        }
    }

    private List<Step> stepsFor(List<String> subjects, Specs specs) throws EngineException {
        Set<Id> ids = subjects.stream()
                .filter(subject -> subject.matches("[0-9a-f]{64}"))
                .map(Id::new)
                .filter(id -> specs.find(id) != null)
                .collect(Collectors.toSet());
        if (ids.size() < subjects.size()) {
            return Converger.steps(converger.faults(specs));
        }
        List<Spec> inOrder = new ArrayList<>(specs.inOrder(ids, NetworkSpec.class));
        inOrder.addAll(specs.inOrder(ids, SandboxSpec.class));
        inOrder.addAll(specs.inOrder(ids, EndpointSpec.class));
        List<Step> steps = new ArrayList<>();
        for (Spec spec : inOrder) {
            steps.addAll(Converger.steps(converger.faultsOf(specs, spec.id(), Set.of())));
        }
        return steps;
    }

    Reply.Done automatic(boolean on) throws EngineException {
        synchronized (shared) {
            if (on != automatic()) {
                shared.journal().autoRepair(on);
                shared.doubts().addEverything();
                shared.subscribers().announce(new Event.KernelChanged());
            }
            return new Reply.Done();
        }
    }

    boolean automatic() {
        return shared.journal().stored().autoRepair();
    }

    /// @param actions see [Problems]
    /// @param rulesInDoubt somebody else changed the rules
    record Moment(long actions, Specs specs, boolean rulesInDoubt) {}

    /// The records at a moment when no action is under way.
    Moment settled(boolean askForRules) throws EngineException {
        synchronized (shared) {
            boolean inDoubt = false;
            if (askForRules) {
                for (Firewall firewall : shared.kernel().firewalls().values()) {
                    inDoubt |= firewall.changedByOthers();
                }
            }
            return new Moment(shared.problems().actions(), shared.specs(), inDoubt);
        }
    }
}
