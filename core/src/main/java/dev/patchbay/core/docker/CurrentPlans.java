package dev.patchbay.core.docker;

import dev.patchbay.core.docker.plan.DockerPlan;
import dev.patchbay.core.docker.plan.Recreation;
import dev.patchbay.core.docker.state.EngineObject;
import dev.patchbay.core.docker.state.EngineSession;
import dev.patchbay.core.docker.state.EngineState;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.refusal.HistoryRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Plans from what an engine has now.
record CurrentPlans(EngineSession session, EngineCapabilities capabilities) {
    DockerPlan plan(Change change, Id seed) throws EngineException, RefusedException {
        EngineState state = change instanceof Change.Batch ? session.freshState() : session.state(change.containers());
        return new DockerPlanner(state, capabilities, seed).plan(change);
    }

    /// A plan of some time ago, for what the engine has now. What a container has by now counts when it is made anew.
    ///
    /// @throws RefusedException when what it is about has been replaced or changed since
    DockerPlan replan(DockerPlan plan, UnaryOperator<String> successor) throws EngineException, RefusedException {
        if (plan.recreation() instanceof Recreation recreation) {
            EngineObject before = recreation.container();
            return new DockerPlanner(session.freshState(), capabilities, Id.random())
                    .plan(recreation.of(new EngineObject(successor.apply(before.id()), before.name())));
        }
        Optional<String> violation = plan.violation(session.freshState(), successor);
        if (violation.isPresent()) {
            throw HistoryRefusals.notApplicable(plan.title(), violation.get());
        }
        return plan;
    }
}
