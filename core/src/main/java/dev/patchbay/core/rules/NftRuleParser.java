package dev.patchbay.core.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Takes a rule apart as nft prints it: the conditions that iptables has as well, the verdict, and the rest as it is.
final class NftRuleParser {
    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|\\{[^}]*}|\\S+");
    private static final ParsedRule.Condition ANY = new ParsedRule.Condition("", false);
    private static final Map<String, String> VERDICTS = Map.of(
            "accept", "ACCEPT",
            "drop", "DROP",
            "reject", "REJECT",
            "return", "RETURN",
            "masquerade", "MASQUERADE",
            "dnat", "DNAT",
            "snat", "SNAT",
            "redirect", "REDIRECT",
            "log", "LOG");
    private static final Set<String> JUMPS = Set.of("jump", "goto");
    private static final Set<String> TRANSPORTS = Set.of("tcp", "udp", "sctp");

    private final NftRule rule;
    private final List<String> words;
    private final List<String> rest = new ArrayList<>();
    private ParsedRule.Condition in = ANY;
    private ParsedRule.Condition out = ANY;
    private ParsedRule.Condition source = ANY;
    private ParsedRule.Condition destination = ANY;
    private String protocol = "";
    private String dport = "";
    private String to = "";
    private String target = "";
    private boolean established;
    private boolean translated;
    private int at;

    private NftRuleParser(NftRule rule) {
        this.rule = rule;
        this.words =
                WORD.matcher(rule.text()).results().map(found -> found.group()).toList();
    }

    static ParsedRule of(NftRule rule) {
        NftRuleParser facts = new NftRuleParser(rule);
        if (facts.words.contains("vmap")) {
            facts.pass(facts.words.size());
            facts.target = "VMAP";
            return facts.whole();
        }
        while (facts.at < facts.words.size()) {
            facts.condition();
        }
        if (facts.target.isEmpty() && !facts.rest.equals(List.of("counter"))) {
            facts.target = "CONTINUE";
        }
        return facts.whole();
    }

    private void condition() {
        String word = words.get(at);
        String next = word(1);
        if (word.equals("meta") && Set.of("iifname", "oifname", "iif", "oif").contains(next)) {
            at++;
        } else if (word.equals("iifname") || word.equals("iif")) {
            in = side(1);
        } else if (word.equals("oifname") || word.equals("oif")) {
            out = side(1);
        } else if ((word.equals("ip") || word.equals("ip6")) && next.equals("saddr") && isOne(2)) {
            source = side(2);
        } else if ((word.equals("ip") || word.equals("ip6")) && next.equals("daddr") && isOne(2)) {
            destination = side(2);
        } else if (TRANSPORTS.contains(word) && next.equals("dport") && isOne(2) && !word(2).equals("!=")) {
            protocol = word;
            dport = word(2);
            rest.add(word + " dport " + dport);
            at += 3;
        } else if (word.equals("ct") && next.equals("state")) {
            established = word(2).contains("established");
            pass(3);
        } else if (word.equals("ct") && next.equals("status")) {
            translated = word(2).equals("dnat");
            pass(3);
        } else if (JUMPS.contains(word)) {
            target = next;
            at += 2;
        } else if (VERDICTS.containsKey(word) && target.isEmpty()) {
            verdict(word);
        } else {
            pass(1);
        }
    }

    /// The last thing that a rule does, but for a log: others follow that.
    private void verdict(String word) {
        if (word.equals("log")) {
            boolean last = words.subList(at, words.size()).stream()
                    .noneMatch(other -> !other.equals("log") && (VERDICTS.containsKey(other) || JUMPS.contains(other)));
            if (!last) {
                pass(1);
                return;
            }
        }
        target = VERDICTS.getOrDefault(word, "").toUpperCase(Locale.ROOT);
        at++;
        int address = words.subList(at, words.size()).indexOf("to");
        if (address >= 0) {
            to = word(address + 1);
            at += address + 2;
        }
    }

    private String word(int ahead) {
        return at + ahead < words.size() ? words.get(at + ahead) : "";
    }

    private boolean isOne(int ahead) {
        String value = word(word(ahead).equals("!=") ? ahead + 1 : ahead);
        return !value.isEmpty() && !value.startsWith("{") && !value.startsWith("@");
    }

    private ParsedRule.Condition side(int ahead) {
        boolean not = word(ahead).equals("!=");
        String value = word(not ? ahead + 1 : ahead);
        at += ahead + (not ? 2 : 1);
        return new ParsedRule.Condition(value.startsWith("\"") ? value.substring(1, value.length() - 1) : value, not);
    }

    private void pass(int count) {
        int end = Math.min(words.size(), at + count);
        rest.addAll(words.subList(at, end));
        at = end;
    }

    private ParsedRule whole() {
        boolean plain = rest.isEmpty() && in.any() && out.any() && source.any() && destination.any();
        RuleColumns columns = new RuleColumns(
                target,
                protocol.isEmpty() ? "all" : protocol,
                "--",
                marked(in, "*"),
                marked(out, "*"),
                marked(source, ""),
                marked(destination, ""),
                String.join(" ", rest));
        return new ParsedRule(
                "nft " + rule.table().name(),
                rule.chain(),
                target,
                protocol,
                in,
                out,
                source,
                destination,
                dport,
                to,
                false,
                false,
                established,
                translated,
                plain,
                columns);
    }

    private static String marked(ParsedRule.Condition side, String absent) {
        return side.any() ? absent : (side.not() ? "!" : "") + side.value();
    }
}
