package dev.patchbay.core.docker;

import dev.patchbay.core.docker.machine.MachineAccess;
import dev.patchbay.core.docker.plan.DockerPlan;
import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.ExternalPublishRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.kernel.HostRules;
import dev.patchbay.engine.status.ActivityKind;
import dev.patchbay.engine.status.PlannedStep;
import java.util.ArrayList;
import java.util.List;

/// Mends what Patchbay made beside an engine, and puts back rules of Docker that are gone. Everything else of an
/// engine is its own to mend, and each problem says how.
record Repair(MachineAccess machine, CurrentPlans plans, EngineTopologyReader topologyReader, PlanRunner runner) {

    /// Makes the kernel match what is recorded, takes ports back that the engine publishes as well, and puts rules of
    /// Docker back.
    ///
    /// @param dryRun only says how; for an engine that is elsewhere there are no steps
    /// @throws RefusedException without a helper; before any change, when the helper refuses the rules
    ///     of Docker
    List<PlannedStep> repair(boolean dryRun) throws EngineException, RefusedException {
        HelperSession helper;
        try {
            helper = machine.helper();
        } catch (RefusedException refused) {
            if (dryRun && ExternalPublishRefusals.isElsewhere(refused.refusal())) {
                return List.of();
            }
            throw refused;
        }
        List<PlannedStep> restored = restoreRules(true);
        List<PlannedStep> steps = new ArrayList<>(helper.repair(dryRun));
        try {
            for (Change withdrawal : withdrawals()) {
                steps.addAll(withdraw(withdrawal, dryRun));
            }
        } catch (RefusedException refused) {
            if (!dryRun) {
                throw refused;
            }
        }
        steps.addAll(dryRun ? restored : restoreRules(false));
        return steps;
    }

    private List<PlannedStep> restoreRules(boolean dryRun) throws EngineException, RefusedException {
        HostRules rules = machine.counters();
        if (machine.goneEngineRules().isEmpty()) {
            return List.of();
        }
        Topology now = topologyReader.read(plans.session().freshState());
        List<Long> gone = topologyReader.goneRules(now, rules);
        if (gone.isEmpty()) {
            return List.of();
        }
        machine.requireVerified(true);
        return machine.helper().restoreEngineRules(gone, dryRun);
    }

    private List<Change> withdrawals() throws EngineException {
        return topologyReader.portConflicts(plans.session().freshState()).stream()
                .flatMap(port -> port.withdrawal().stream())
                .distinct()
                .toList();
    }

    private List<PlannedStep> withdraw(Change withdrawal, boolean dryRun) throws EngineException, RefusedException {
        try {
            DockerPlan plan = plans.plan(withdrawal, Id.random());
            if (!dryRun
                    && runner.runSerially(() -> runner.run(plan, ActivityKind.ACTION, 0))
                            instanceof Outcome.Refused(Refusal refusal)) {
                throw new RefusedException(refusal);
            }
            return plan.planned();
        } catch (RefusedException refused) {
            if (withdrawals().contains(withdrawal)) {
                throw refused;
            }
            // Another client was faster.
            return List.of();
        }
    }
}
