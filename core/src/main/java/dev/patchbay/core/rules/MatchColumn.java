package dev.patchbay.core.rules;

import dev.patchbay.engine.rule.RuleOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The last column of `iptables -L -n -v`: matches beside addresses and interfaces, then the options of
/// the target.
final class MatchColumn {
    private static final Set<String> IN_OTHER_COLUMNS = Set.of("-p", "-i", "-o", "-s", "-d", "-j", "-f");
    /// Modules whose column format is known; matches of others keep the text of the rule.
    private static final Set<String> KNOWN_MODULES =
            Set.of("tcp", "udp", "sctp", "icmp", "addrtype", "conntrack", "state", "comment", "multiport", "mark");

    private MatchColumn() {}

    static String of(List<RuleOption> options) {
        List<String> texts = new ArrayList<>();
        String module = "";
        String described = "";
        for (RuleOption option : options) {
            if (option.name().equals("-m")) {
                module = option.value();
                if (!KNOWN_MODULES.contains(module)) {
                    texts.add(option.text());
                }
            } else if (option.name().equals("-g")) {
                texts.add("[goto]");
            } else if (!IN_OTHER_COLUMNS.contains(option.name())) {
                String heading = heading(module, option);
                if (!heading.isEmpty() && !heading.equals(described)) {
                    texts.add(heading);
                    described = heading;
                }
                texts.add(text(option));
            }
        }
        return String.join(" ", texts);
    }

    /// The word that iptables prints before the first option of a module.
    private static String heading(String module, RuleOption option) {
        return switch (option.name()) {
            case "--dport", "--sport" -> module;
            case "--dports", "--sports", "--ports" -> "multiport";
            case "--dst-type", "--src-type" -> "ADDRTYPE match";
            default -> "";
        };
    }

    private static String text(RuleOption option) {
        return switch (option.name()) {
            case "--dport" -> port("dpt", option);
            case "--sport" -> port("spt", option);
            case "--dports" -> "dports " + option.valueWithNegation();
            case "--sports" -> "sports " + option.valueWithNegation();
            case "--ports" -> "ports " + option.valueWithNegation();
            case "--dst-type" -> "dst-type " + option.valueWithNegation();
            case "--src-type" -> "src-type " + option.valueWithNegation();
            case "--ctstate" -> (option.negated() ? "! " : "") + "ctstate " + option.value();
            case "--state" -> (option.negated() ? "! " : "") + "state " + option.value();
            case "--comment" -> "/* " + option.value() + " */";
            case "--mark" -> "mark match " + option.valueWithNegation();
            case "--icmp-type" -> (option.negated() ? "!" : "") + "icmptype " + option.value();
            case "--to-destination", "--to-source" -> "to:" + option.value();
            case "--to-ports" -> "redir ports " + option.value();
            case "--reject-with" -> "reject-with " + option.value();
            default -> option.text();
        };
    }

    /// One port is `dpt:80`, a range `dpts:80:90`.
    private static String port(String word, RuleOption option) {
        return word + (option.value().contains(":") ? "s:" : ":") + option.valueWithNegation();
    }
}
