package dev.patchbay.engine.ruleset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Rules in the spelling and the order of `iptables-save`.
final class RuleText {
    private static final List<String> BUILT_IN = List.of("PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING");

    private RuleText() {}

    /// Built-in chains first, chains of ours by name; more than two tables with their headings.
    static List<String> lines(Ruleset rules, String... tables) {
        List<String> lines = new ArrayList<>();
        for (String table : tables) {
            if (tables.length > 2) {
                lines.add("*" + table);
            }
            Map<String, List<Rule>> chains = new HashMap<>();
            rules.byChain().forEach((chain, its) -> {
                if (chain.table().equals(table)) {
                    chains.put(chain.name(), its);
                }
            });
            Stream.concat(
                            BUILT_IN.stream(),
                            chains.keySet().stream()
                                    .filter(name -> !BUILT_IN.contains(name))
                                    .sorted())
                    .flatMap(name -> chains.getOrDefault(name, List.of()).stream())
                    .map(RuleText::line)
                    .forEach(lines::add);
        }
        return lines;
    }

    static String line(Rule rule) {
        return "-A " + rule.chain().name() + " " + rule.specification();
    }
}
