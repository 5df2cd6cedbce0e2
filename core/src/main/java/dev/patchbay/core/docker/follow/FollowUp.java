package dev.patchbay.core.docker.follow;

import dev.patchbay.core.docker.network.AttachedNetworks;
import dev.patchbay.core.docker.port.ExternalPublishTargets;
import dev.patchbay.core.docker.state.EngineSession;
import dev.patchbay.core.docker.state.EngineState;
import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.helper.HelperState;
import dev.patchbay.core.helper.PlanContext;
import dev.patchbay.core.helper.SpecPlan;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.status.ActivityKind;
import java.lang.System.Logger.Level;

/// Compares where ports and cables lead to with where their containers are, and sets them right.
final class FollowUp {
    private static final System.Logger LOG = System.getLogger(FollowUp.class.getName());

    private final HelperSession helper;
    private final EngineSession session;
    private final String engine;

    FollowUp(HelperSession helper, EngineSession session) {
        this.helper = helper;
        this.session = session;
        this.engine = session.engine().address();
    }

    /// False when this engine's containers have no such port and no such cable left.
    boolean reconcile() throws EngineException {
        if (!hasWork()) {
            return false;
        }
        try {
            Outcome.Done done = helper.execute(this::plan, Id.random());
            if (!done.steps().isEmpty()) {
                LOG.log(Level.DEBUG, "followed: {0}", done.commandLines());
            }
        } catch (RefusedException refused) {
            LOG.log(Level.INFO, "not followed: {0}", refused.refusal().sentence());
        }
        return hasWork();
    }

    private boolean hasWork() throws EngineException {
        return AttachedNetworks.engines(helper.state().specs()).contains(engine);
    }

    private SpecPlan plan(PlanContext context) throws EngineException {
        EngineState seen = session.watchedState();
        SpecChange change = AttachedNetworks.reconciled(context.specs(), seen);
        if (!context.specs().externalPublishes().isEmpty()) {
            HelperState host = context.state().with(context.specs().after(change));
            change = change.plus(ExternalPublishTargets.of(host, seen, helper).changes());
        }
        return new SpecPlan(
                change, "", "(follow what became of containers)", ActivityKind.OBSERVED, 0, StopMode.GRACEFUL);
    }
}
