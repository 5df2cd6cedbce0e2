package dev.patchbay.core.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Parses a rule as nft prints it: the conditions that iptables has as well, the verdict, and the rest
/// as text.
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
    private final List<String> unparsed = new ArrayList<>();
    private ParsedRule.Condition in = ANY;
    private ParsedRule.Condition out = ANY;
    private ParsedRule.Condition source = ANY;
    private ParsedRule.Condition destination = ANY;
    private String protocol = "";
    private String dport = "";
    private String natArgument = "";
    private String target = "";
    private boolean established;
    private boolean dnat;
    private int position;

    private NftRuleParser(NftRule rule) {
        this.rule = rule;
        this.words =
                WORD.matcher(rule.text()).results().map(found -> found.group()).toList();
    }

    static ParsedRule of(NftRule rule) {
        NftRuleParser facts = new NftRuleParser(rule);
        if (facts.words.contains("vmap")) {
            facts.keepUnparsed(facts.words.size());
            facts.target = "VMAP";
            return facts.build();
        }
        while (facts.position < facts.words.size()) {
            facts.parseCondition();
        }
        if (facts.target.isEmpty() && !facts.unparsed.equals(List.of("counter"))) {
            facts.target = "CONTINUE";
        }
        return facts.build();
    }

    private void parseCondition() {
        String word = words.get(position);
        String next = word(1);
        if (word.equals("meta") && Set.of("iifname", "oifname", "iif", "oif").contains(next)) {
            position++;
        } else if (word.equals("iifname") || word.equals("iif")) {
            in = parseSide(1);
        } else if (word.equals("oifname") || word.equals("oif")) {
            out = parseSide(1);
        } else if ((word.equals("ip") || word.equals("ip6")) && next.equals("saddr") && isSingleValue(2)) {
            source = parseSide(2);
        } else if ((word.equals("ip") || word.equals("ip6")) && next.equals("daddr") && isSingleValue(2)) {
            destination = parseSide(2);
        } else if (TRANSPORTS.contains(word) && next.equals("dport") && isSingleValue(2) && !word(2).equals("!=")) {
            protocol = word;
            dport = word(2);
            unparsed.add(word + " dport " + dport);
            position += 3;
        } else if (word.equals("ct") && next.equals("state")) {
            established = word(2).contains("established");
            keepUnparsed(3);
        } else if (word.equals("ct") && next.equals("status")) {
            dnat = word(2).equals("dnat");
            keepUnparsed(3);
        } else if (JUMPS.contains(word)) {
            target = next;
            position += 2;
        } else if (VERDICTS.containsKey(word) && target.isEmpty()) {
            parseVerdict(word);
        } else {
            keepUnparsed(1);
        }
    }

    /// The last action of a rule, except a log, which is followed by others.
    private void parseVerdict(String word) {
        if (word.equals("log")) {
            boolean last = words.subList(position, words.size()).stream()
                    .noneMatch(other -> !other.equals("log") && (VERDICTS.containsKey(other) || JUMPS.contains(other)));
            if (!last) {
                keepUnparsed(1);
                return;
            }
        }
        target = VERDICTS.getOrDefault(word, "").toUpperCase(Locale.ROOT);
        position++;
        int address = words.subList(position, words.size()).indexOf("to");
        if (address >= 0) {
            natArgument = word(address + 1);
            position += address + 2;
        }
    }

    private String word(int ahead) {
        return position + ahead < words.size() ? words.get(position + ahead) : "";
    }

    private boolean isSingleValue(int ahead) {
        String value = word(word(ahead).equals("!=") ? ahead + 1 : ahead);
        return !value.isEmpty() && !value.startsWith("{") && !value.startsWith("@");
    }

    private ParsedRule.Condition parseSide(int ahead) {
        boolean not = word(ahead).equals("!=");
        String value = word(not ? ahead + 1 : ahead);
        position += ahead + (not ? 2 : 1);
        return new ParsedRule.Condition(value.startsWith("\"") ? value.substring(1, value.length() - 1) : value, not);
    }

    private void keepUnparsed(int count) {
        int end = Math.min(words.size(), position + count);
        unparsed.addAll(words.subList(position, end));
        position = end;
    }

    private ParsedRule build() {
        boolean plain = unparsed.isEmpty() && in.isAny() && out.isAny() && source.isAny() && destination.isAny();
        RuleColumns columns = new RuleColumns(
                target,
                protocol.isEmpty() ? "all" : protocol,
                "--",
                marked(in, "*"),
                marked(out, "*"),
                marked(source, ""),
                marked(destination, ""),
                String.join(" ", unparsed));
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
                natArgument,
                false,
                false,
                established,
                dnat,
                plain,
                columns);
    }

    private static String marked(ParsedRule.Condition side, String absent) {
        return side.isAny() ? absent : (side.negated() ? "!" : "") + side.value();
    }
}
