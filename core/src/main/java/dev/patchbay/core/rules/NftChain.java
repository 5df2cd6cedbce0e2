package dev.patchbay.core.rules;

import dev.patchbay.engine.kernel.KernelTable;
import java.util.ArrayList;
import java.util.List;

/// A chain of a table that iptables does not show.
///
/// @param hook of a base chain, as `type filter hook input priority filter; policy accept;`; empty for
///     other chains
public record NftChain(String name, String hook, List<NftRule> rules) {
    private static final String INDENT = "\t\t";

    public NftChain {
        rules = List.copyOf(rules);
    }

    /// The chains of a table, in the order of nft; empty when its text could not be read.
    public static List<NftChain> of(KernelTable table) {
        List<NftChain> chains = new ArrayList<>();
        String name = "";
        String hook = "";
        List<String> texts = new ArrayList<>();
        for (String line : table.text().lines().toList()) {
            if (line.startsWith("\tchain ")) {
                name = line.strip().split(" ")[1];
            } else if (line.equals("\t}") && !name.isEmpty()) {
                chains.add(new NftChain(name, hook, rules(table, name, texts)));
                name = "";
                hook = "";
                texts.clear();
            } else if (!name.isEmpty() && line.startsWith(INDENT)) {
                String text = line.strip();
                if (text.startsWith("type ")) {
                    hook = text;
                } else if (isContinued(line) && !texts.isEmpty()) {
                    texts.add(texts.removeLast() + " " + text);
                } else if (!text.isEmpty() && !text.startsWith("comment ")) {
                    texts.add(text);
                }
            }
        }
        return chains;
    }

    /// nft breaks the elements of long sets into lines.
    private static boolean isContinued(String line) {
        return line.length() > INDENT.length() && Character.isWhitespace(line.charAt(INDENT.length()));
    }

    private static List<NftRule> rules(KernelTable table, String chain, List<String> texts) {
        List<NftRule> rules = new ArrayList<>();
        texts.forEach(text -> rules.add(new NftRule(table, chain, rules.size() + 1, text)));
        return rules;
    }
}
