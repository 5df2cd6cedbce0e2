package dev.patchbay.core.helper;

import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;

/// Works out a plan; done again from the start whenever another client was faster.
@FunctionalInterface
public interface SpecPlanner {
    SpecPlan plan(PlanContext situation) throws RefusedException, EngineException;
}
