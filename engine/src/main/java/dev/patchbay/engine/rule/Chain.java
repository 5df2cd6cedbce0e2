package dev.patchbay.engine.rule;

import dev.patchbay.engine.net.Family;

/// A chain of a table, of any owner: `filter FORWARD`, `nat PATCHBAY`.
///
/// @param table its name; a table of others need not be a [Table]
public record Chain(Family family, String table, String name) {

    /// A built-in chain.
    public static Chain builtIn(Family family, Table table, String name) {
        return new Chain(family, table.toString(), name);
    }

    /// Whether the chain has only our rules; [OwnChain#USER] is for the person's own rules.
    public boolean isOwn() {
        return name.startsWith(OwnChain.PREFIX) && !isUsers();
    }

    public boolean isUsers() {
        return name.equals(OwnChain.USER.toString());
    }

    @Override
    public String toString() {
        return family.iptablesCommand() + " " + table + " " + name;
    }
}
