package dev.patchbay.engine.step;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.firewall.RuleScript;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.ruleset.RuleChange;
import dev.patchbay.engine.ruleset.ScriptPlanner;
import java.util.List;

/// All rule changes of one action in one family, as one script.
///
/// @param script what makes the change in the kernel as it was when the steps were computed
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

    /// Planned anew: the script may have run or not.
    @Override
    public void undo(KernelAccess kernel) throws EngineException {
        kernel.firewall(family).run(ScriptPlanner.planChange(kernel.firewall(family), family, change.inverse()));
    }
}
