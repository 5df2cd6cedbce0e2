package dev.patchbay.core.helper;

import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;

/// Computes a plan; called again whenever another client was faster.
@FunctionalInterface
public interface SpecPlanner {
    SpecPlan plan(PlanContext context) throws RefusedException, EngineException;
}
