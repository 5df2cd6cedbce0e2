package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.firewall.RuleScript;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.ruleset.RuleChange;
import dev.patchbay.engine.ruleset.RuleScriptPlanner;
import java.util.List;

/// All rule changes of one action in one family, as one script.
///
/// @param script makes the change in the kernel's state at the time of planning
record RulesStep(Family family, RuleScript script, RuleChange change) implements Step {

    @Override
    public String name() {
        return "change " + family.iptablesCommand() + " rules";
    }

    @Override
    public List<String> commandLines() {
        return script.lines();
    }

    @Override
    public void run(KernelAccess kernel) throws EngineException {
        kernel.firewall(family).run(script);
    }

    /// The script is planned again, because it may or may not have run.
    @Override
    public void undo(KernelAccess kernel) throws EngineException {
        kernel.firewall(family).run(RuleScriptPlanner.planChange(kernel.firewall(family), family, change.inverse()));
    }
}
