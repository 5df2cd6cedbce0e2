package dev.patchbay.core.rules;

import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.rule.RuleOption;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A parsed rule.
///
/// @param protocol as the rule names it, empty for any
/// @param dport destination port or range, empty for any
/// @param natArgument `--to-destination`, as `172.18.0.2:80`; empty when missing
/// @param dstLocal whether the destination must be an address of the machine
/// @param srcLocal whether the source must be an address of the machine
/// @param established whether it matches only packets of established connections
/// @param dnat whether it matches only packets of connections with a translated destination
/// @param unconditional whether it has neither matches nor addresses nor interfaces
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

    /// An interface or address in a rule.
    ///
    /// @param value empty when the rule has none
    /// @param negated whether the rule matches any other one
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

        /// The address with its prefix; null for an interface.
        @Nullable
        Cidr cidr() {
            if (value.isEmpty()) {
                return null;
            }
            try {
                return Cidr.of(value.contains("/") ? value : value + (value.contains(":") ? "/128" : "/32"));
            } catch (IllegalArgumentException e) {
                return null; // a netmask with holes, which no network of ours has
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

    boolean drops() {
        return target.equals("DROP") || target.equals("REJECT");
    }

    /// Whether it drops every packet between containers of one bridge.
    boolean isNeighboursDrop() {
        return drops() && in.isPositive() && in.equals(out) && source.isAny() && destination.isAny() && dport.isEmpty();
    }

    /// Whether it drops packets for one address that arrive by any link but one, before their routing: Docker's
    /// protection of containers and of ports that are published on a loopback address.
    boolean isDirectAccessDrop() {
        Cidr address = destination.isPositive() ? destination.cidr() : null;
        return table.equals("raw")
                && target.equals("DROP")
                && in.isNegated()
                && address != null
                && address.prefixLength() == address.address().getAddress().length * 8;
    }

    /// The most specific link of the rule: the outgoing before the incoming one, and matches before
    /// negated matches.
    String mainLink() {
        if (out.isPositive()) {
            return out.value();
        }
        if (in.isPositive()) {
            return in.value();
        }
        return out.isAny() ? in.value() : out.value();
    }

    /// The target address of DNAT without its port; empty without DNAT.
    String natAddress() {
        int colon = portColon();
        String address = colon < 0 ? natArgument : natArgument.substring(0, colon);
        return address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
    }

    /// The target port or range of DNAT, as `9000-9009`; empty when it stays.
    String natPorts() {
        int colon = portColon();
        int base = natArgument.indexOf('/');
        return colon < 0 ? "" : natArgument.substring(colon + 1, base < 0 ? natArgument.length() : base);
    }

    /// An IPv6 address has brackets if a port follows.
    private int portColon() {
        int colon = natArgument.lastIndexOf(':');
        return natArgument.startsWith("[") || natArgument.indexOf(':') == colon ? colon : -1;
    }
}
