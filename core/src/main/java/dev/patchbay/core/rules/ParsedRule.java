package dev.patchbay.core.rules;

import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.rule.RuleOption;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A rule taken apart for a reader that asks questions.
///
/// @param protocol as the rule names it, empty for any
/// @param dport destination port or range, empty for any
/// @param natArgument `--to-destination`, as `172.18.0.2:80`; empty when absent
/// @param dstLocal the packet is for one of the machine's own addresses
/// @param srcLocal the packet comes from one of the machine's own addresses
/// @param established only packets of connections that are open already
/// @param dnat only packets of connections whose destination was rewritten
/// @param unconditional has neither matches nor addresses nor interfaces
record ParsedRule(
        String table,
        String chain,
        String target,
        String protocol,
        Condition in,
        Condition out,
        Condition source,
        Condition destination,
        String dport,
        String natArgument,
        boolean dstLocal,
        boolean srcLocal,
        boolean established,
        boolean dnat,
        boolean unconditional,
        RuleColumns columns) {
    private static final Set<String> TRANSLATIONS = Set.of("DNAT", "SNAT", "MASQUERADE", "REDIRECT");

    /// An interface or address a rule asks for.
    ///
    /// @param value empty when the rule does not ask
    /// @param negated the rule asks for any other one
    record Condition(String value, boolean negated) {
        boolean isPositive() {
            return !value.isEmpty() && !negated;
        }

        boolean isNegated() {
            return !value.isEmpty() && negated;
        }

        boolean isAny() {
            return value.isEmpty();
        }

        /// The address with its prefix; null when this is no address.
        @Nullable
        Cidr cidr() {
            if (value.isEmpty()) {
                return null;
            }
            try {
                return Cidr.of(value.contains("/") ? value : value + (value.contains(":") ? "/128" : "/32"));
            } catch (IllegalArgumentException e) {
                return null; // a netmask with holes: no network of ours has one
            }
        }
    }

    static ParsedRule of(KernelRule rule) {
        List<RuleOption> options = RuleOption.parse(rule.specification());
        return new ParsedRule(
                rule.table(),
                rule.chain(),
                value(options, "-j"),
                side(options, "-p").isPositive() ? value(options, "-p") : "",
                side(options, "-i"),
                side(options, "-o"),
                side(options, "-s"),
                side(options, "-d"),
                value(options, "--dport"),
                value(options, "--to-destination"),
                value(options, "--dst-type").equals("LOCAL"),
                value(options, "--src-type").equals("LOCAL"),
                value(options, "--ctstate").contains("ESTABLISHED"),
                value(options, "--ctstate").equals("DNAT"),
                options.stream().allMatch(option -> option.name().equals("-j")),
                RuleColumns.of(rule));
    }

    private static String value(List<RuleOption> options, String name) {
        return side(options, name).value();
    }

    private static Condition side(List<RuleOption> options, String name) {
        return options.stream()
                .filter(option -> option.name().equals(name))
                .map(option -> new Condition(option.value(), option.negated()))
                .findFirst()
                .orElse(new Condition("", false));
    }

    boolean isAddressTranslation() {
        return TRANSLATIONS.contains(target);
    }

    /// The link that the rule is most about: where the packet goes, else where it comes from, wanted before unwanted.
    String mainLink() {
        if (out.isPositive()) {
            return out.value();
        }
        if (in.isPositive()) {
            return in.value();
        }
        return out.isAny() ? in.value() : out.value();
    }

    /// The address that packets are rewritten to, without its port; empty when they are not.
    String natAddress() {
        int colon = portColon();
        String address = colon < 0 ? natArgument : natArgument.substring(0, colon);
        return address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
    }

    /// The port or range, as `9000-9009`, that packets are rewritten to; empty when it stays.
    String natPorts() {
        int colon = portColon();
        int base = natArgument.indexOf('/');
        return colon < 0 ? "" : natArgument.substring(colon + 1, base < 0 ? natArgument.length() : base);
    }

    /// An IPv6 address is in brackets if a port follows.
    private int portColon() {
        int colon = natArgument.lastIndexOf(':');
        return natArgument.startsWith("[") || natArgument.indexOf(':') == colon ? colon : -1;
    }
}
