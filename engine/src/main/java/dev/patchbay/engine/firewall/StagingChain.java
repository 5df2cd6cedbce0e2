package dev.patchbay.engine.firewall;

import dev.patchbay.engine.rule.Chain;
import dev.patchbay.engine.ruleset.RuleLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The new rules of a script, each in a chain of its table that nothing leads to. Writing there takes no place to be
/// found.
record StagingChain(List<Edit.Insert> rules) {
    static StagingChain of(RuleScript script) {
        return new StagingChain(script.inserts().stream()
                .map(rule -> new Edit.Insert(
                        stagingChain(rule.chain()), 1, true, rule.specification(), rule.packets(), rule.bytes()))
                .toList());
    }

    static Chain stagingChain(Chain likewise) {
        return new Chain(likewise.family(), likewise.table(), RuleLayout.STAGING);
    }

    List<Chain> chains() {
        return rules.stream().map(Edit.Insert::chain).distinct().toList();
    }

    /// What `iptables-restore` reads. It adds no built-in chain, as `:CHAIN` would.
    String text() {
        Map<String, List<String>> lines = rules.stream()
                .collect(Collectors.groupingBy(
                        rule -> rule.chain().table(),
                        LinkedHashMap::new,
                        Collectors.mapping(Edit.Insert::line, Collectors.toList())));
        StringBuilder text = new StringBuilder();
        lines.forEach((table, its) -> text.append("*" + table + "\n-N " + RuleLayout.STAGING + "\n")
                .append(String.join("\n", its))
                .append("\nCOMMIT\n"));
        return text.toString();
    }
}
