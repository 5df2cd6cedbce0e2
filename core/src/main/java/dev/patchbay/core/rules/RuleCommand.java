package dev.patchbay.core.rules;

import dev.patchbay.engine.kernel.KernelRule;

/// A rule as the command that appends it.
public final class RuleCommand {
    private RuleCommand() {}

    /// `iptables -t nat -A PATCHBAY …`, to be pasted into a shell.
    public static String of(KernelRule rule) {
        String line = rule.family().iptablesCommand() + " -t " + rule.table() + " -A " + rule.chain();
        return rule.specification().isEmpty() ? line : line + " " + rule.specification();
    }
}
