package dev.patchbay.engine.rule;

import dev.patchbay.engine.net.Family;

/// A chain of a table, whoever's: `filter FORWARD`, `nat PATCHBAY`.
///
/// @param table its name: those of others are in tables that are none of [Table]
public record Chain(Family family, String table, String name) {

    /// One that the kernel calls by itself.
    public static Chain builtIn(Family family, Table table, String name) {
        return new Chain(family, table.toString(), name);
    }

    /// A chain that holds nothing but rules of ours; the person's own rules go to [OwnChain#USER].
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
