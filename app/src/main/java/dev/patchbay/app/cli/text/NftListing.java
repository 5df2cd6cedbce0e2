package dev.patchbay.app.cli.text;

import dev.patchbay.core.model.Topology;
import dev.patchbay.core.rules.NftChain;
import dev.patchbay.core.rules.NftRule;
import dev.patchbay.engine.kernel.KernelTable;
import java.util.ArrayList;
import java.util.List;

/// Lists the tables that iptables does not show in the syntax of nft. Owner, object and meaning follow
/// each rule.
public final class NftListing {
    private NftListing() {}

    /// @param plain only the output of nft
    public static List<String> lines(List<KernelTable> tables, Topology topology, boolean plain) {
        List<String> lines = new ArrayList<>();
        for (KernelTable table : tables) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            if (table.text().isEmpty()) {
                lines.add(TerminalText.escape("table " + table.family() + " " + table.name()));
                table.chains().forEach(chain -> lines.add(TerminalText.escape("    chain " + chain)));
                lines.add(
                        "    Its rules cannot be shown: nft is missing (Debian's package nftables), or they are too many.");
            } else if (plain) {
                table.text().strip().lines().forEach(lines::add);
            } else {
                explain(table, topology, lines);
            }
        }
        return lines;
    }

    private static void explain(KernelTable table, Topology topology, List<String> lines) {
        lines.add(TerminalText.escape("table " + table.family() + " " + table.name()));
        for (NftChain chain : NftChain.of(table)) {
            lines.add(TerminalText.escape("    chain " + chain.name()));
            if (!chain.hook().isEmpty()) {
                lines.add("        " + chain.hook());
            }
            for (NftRule rule : chain.rules()) {
                lines.add(TerminalText.escape("        " + rule.text()));
                lines.add(RuleListing.meaning(rule.meaning(topology)));
            }
        }
    }
}
