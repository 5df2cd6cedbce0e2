package dev.patchbay.engine.converge;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.firewall.RuleScript;
import dev.patchbay.engine.firewall.Ruleset;
import java.util.List;

/// All rule changes of one action, as one script.
///
/// @param script what leads from `before` to `after` in the kernel as it was when the steps were computed
record RulesStep(RuleScript script, Ruleset before, Ruleset after) implements Step {

    @Override
    public String name() {
        return "change rules";
    }

    @Override
    public List<String> lines() {
        return script.lines();
    }

    @Override
    public void run(Kernel kernel) throws EngineException {
        kernel.firewall().run(script);
    }

    /// Planned anew: the script may have run or not.
    @Override
    public void undo(Kernel kernel) throws EngineException {
        kernel.firewall().run(kernel.firewall().plan(after, before));
    }
}
