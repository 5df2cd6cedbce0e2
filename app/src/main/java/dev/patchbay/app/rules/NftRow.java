package dev.patchbay.app.rules;

import dev.patchbay.app.model.Selection;
import dev.patchbay.app.text.MessageText;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.rules.NftRule;
import dev.patchbay.core.rules.RuleMeaning;
import dev.patchbay.engine.kernel.KernelTable;

/// A rule of a table that iptables does not show, or a chain whose rules could not be read.
///
/// @param table its family and name, as `inet firewalld`
/// @param rule as nft prints it; empty when it could not be read
/// @param subject the name of the object that the rule is for; empty for none
/// @param target the same object as a selection
/// @param sentence what the rule does to which packets
public record NftRow(
        String table, String chain, String rule, String owner, String subject, Selection target, String sentence) {

    static NftRow of(NftRule rule, Topology topology) {
        RuleMeaning meaning = rule.meaning(topology);
        return new NftRow(
                name(rule.table()),
                rule.chain(),
                rule.text(),
                RuleRow.owner(meaning),
                meaning.subject(),
                RuleRow.subject(meaning),
                MessageText.of(meaning.sentence()));
    }

    static NftRow unreadable(KernelTable table, String chain) {
        return new NftRow(name(table), chain, "", "", "", new Selection.None(), Messages.of("nft.unread"));
    }

    /// The command that appends the rule; empty when the rule could not be read.
    public String command() {
        String words = "add rule " + table + " " + chain + " " + rule;
        return rule.isEmpty() ? "" : "nft '" + words.replace("'", "'\\''") + "'";
    }

    private static String name(KernelTable table) {
        return table.family() + " " + table.name();
    }
}
