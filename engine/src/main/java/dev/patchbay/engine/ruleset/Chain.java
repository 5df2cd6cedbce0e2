package dev.patchbay.engine.ruleset;

import dev.patchbay.engine.net.Family;

/// A chain of a table, built in (`filter FORWARD`) or ours (`nat PATCHBAY`).
public record Chain(Family family, String table, String name) {

    /// A chain that holds nothing but rules of ours; the person's own rules go to [RuleLayout#USER].
    public boolean isOwn() {
        return name.startsWith(RuleLayout.PREFIX) && !name.equals(RuleLayout.USER);
    }

    @Override
    public String toString() {
        return family.iptablesCommand() + " " + table + " " + name;
    }
}
