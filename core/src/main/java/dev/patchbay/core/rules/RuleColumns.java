package dev.patchbay.core.rules;

import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.rule.RuleOption;
import java.util.List;

/// A rule in the columns of `iptables -L -n -v`.
///
/// @param target empty for a rule that only counts
/// @param protocol `all` unless the rule names one
/// @param options `--`, or `-f` and `!f` for fragments
/// @param in `*` for any interface, `!name` for any but one
/// @param source without `/32` or `/128`; `0.0.0.0/0` or `::/0` for any
/// @param match the rest, as `tcp dpt:8080 to:172.18.0.2:80`
public record RuleColumns(
        String target,
        String protocol,
        String options,
        String in,
        String out,
        String source,
        String destination,
        String match) {

    public static RuleColumns of(KernelRule rule) {
        List<RuleOption> options = RuleOption.parse(rule.specification());
        String everywhere = rule.family() == Family.IPV6 ? "::/0" : "0.0.0.0/0";
        return new RuleColumns(
                target(options),
                marked(options, "-p", "all"),
                fragments(options),
                marked(options, "-i", "*"),
                marked(options, "-o", "*"),
                address(marked(options, "-s", everywhere)),
                address(marked(options, "-d", everywhere)),
                MatchColumn.of(options));
    }

    /// The first column alone.
    static String target(KernelRule rule) {
        return target(RuleOption.parse(rule.specification()));
    }

    private static String target(List<RuleOption> options) {
        return value(options, "-j", value(options, "-g", ""));
    }

    private static String value(List<RuleOption> options, String name, String absent) {
        return options.stream()
                .filter(option -> option.name().equals(name))
                .map(RuleOption::value)
                .findFirst()
                .orElse(absent);
    }

    private static String marked(List<RuleOption> options, String name, String absent) {
        return options.stream()
                .filter(option -> option.name().equals(name))
                .map(RuleOption::valueWithNegation)
                .findFirst()
                .orElse(absent);
    }

    private static String fragments(List<RuleOption> options) {
        return options.stream()
                .filter(option -> option.name().equals("-f"))
                .map(option -> option.negated() ? "!f" : "-f")
                .findFirst()
                .orElse("--");
    }

    private static String address(String marked) {
        String single = marked.contains(":") ? "/128" : "/32";
        return marked.endsWith(single) ? marked.substring(0, marked.length() - single.length()) : marked;
    }
}
