package dev.patchbay.core.packet;

import dev.patchbay.core.packet.HookVerdict.Kind;
import dev.patchbay.core.packet.RuleStatement.ChainRule;
import dev.patchbay.core.packet.RuleStatement.Effect;
import dev.patchbay.core.rules.FirewallRule;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.rule.RuleOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Parses rules of iptables into statements.
final class IptablesRuleParser {
    /// Targets after which the traversal continues with the next rule.
    private static final Set<String> NON_TERMINAL_TARGETS = Set.of(
            "",
            "LOG",
            "NFLOG",
            "ULOG",
            "CHECKSUM",
            "TCPMSS",
            "TOS",
            "DSCP",
            "CLASSIFY",
            "TRACE",
            "SECMARK",
            "CONNSECMARK",
            "TTL",
            "HL",
            "AUDIT",
            "SET",
            "RATEEST",
            "LED");

    private final Predicate<String> isChain;

    /// @param isChain whether the table has a chain of that name
    IptablesRuleParser(Predicate<String> isChain) {
        this.isChain = isChain;
    }

    ChainRule parse(KernelRule rule) {
        List<RuleOption> matches = new ArrayList<>();
        List<RuleOption> details = new ArrayList<>();
        String target = "";
        boolean returns = true;
        for (RuleOption option : RuleOption.parse(rule.specification())) {
            if (option.name().equals("-j") || option.name().equals("-g")) {
                target = option.value();
                returns = option.name().equals("-j");
            } else if (target.isEmpty()) {
                matches.add(option);
            } else {
                details.add(option);
            }
        }
        List<RuleOption> conditions = List.copyOf(matches);
        RuleStatement match =
                RuleStatement.match((packet, context) -> new RuleMatcher(packet, context).evaluate(conditions));
        return new ChainRule(
                new FirewallRule.OfIptables(rule), List.of(match, target(target, returns, List.copyOf(details))));
    }

    private RuleStatement target(String target, boolean returns, List<RuleOption> options) {
        if (target.equals("RETURN")) {
            return RuleStatement.always(new Effect.Return());
        }
        if (isChain.test(target)) {
            return RuleStatement.always(returns ? new Effect.Jump(target) : new Effect.Goto(target));
        }
        if (NON_TERMINAL_TARGETS.contains(target)) {
            return next(packet -> packet);
        }
        return switch (target) {
            case "MARK" -> next(packet -> packet.withMark(changedMark(packet.mark(), options)));
            case "CONNMARK" -> next(packet -> connectionMark(packet, options));
            case "NOTRACK" -> next(Packet::notTracked);
            case "CT" -> next(packet -> value(options, "--notrack") == null ? packet : packet.notTracked());
            case "ACCEPT" -> RuleStatement.end(Kind.ACCEPTED);
            case "DROP" -> RuleStatement.end(Kind.DROPPED);
            case "REJECT" -> RuleStatement.end(Kind.REJECTED);
            case "DNAT" -> end(Kind.DNAT, options, "--to-destination");
            case "REDIRECT" -> end(Kind.REDIRECTED, options, "--to-ports");
            case "SNAT" -> end(Kind.SNAT, options, "--to-source");
            case "MASQUERADE" -> RuleStatement.end(Kind.MASQUERADED);
            default -> RuleStatement.end(Kind.UNKNOWN);
        };
    }

    private static RuleStatement next(UnaryOperator<Packet> change) {
        return (packet, _) -> List.of(new Effect.Next(change.apply(packet)));
    }

    private static RuleStatement end(Kind kind, List<RuleOption> options, String argument) {
        String value = value(options, argument);
        return RuleStatement.always(new Effect.End(kind, value == null ? "" : value));
    }

    private static @Nullable String value(List<RuleOption> options, String name) {
        return options.stream()
                .filter(option -> option.name().equals(name))
                .map(RuleOption::value)
                .findFirst()
                .orElse(null);
    }

    /// `--set-xmark value/mask`: the bits of the mask are cleared, then those of the value are inverted.
    private static MarkBits changedMark(MarkBits mark, List<RuleOption> options) {
        String change = value(options, "--set-xmark");
        if (change == null) {
            String whole = value(options, "--set-mark");
            change = whole == null || whole.contains("/") ? null : whole;
        }
        long[] numbers = change == null ? null : RuleMatcher.valueAndMask(change);
        return numbers == null
                ? MarkBits.UNKNOWN
                : mark.and(MarkBits.of(~numbers[1])).xor(MarkBits.of(numbers[0]));
    }

    private static Packet connectionMark(Packet packet, List<RuleOption> options) {
        MarkBits ofConnection = packet.tracking().mark();
        boolean saves = value(options, "--save-mark") != null;
        boolean restores = value(options, "--restore-mark") != null;
        if (!saves && !restores) {
            return packet.withConnectionMark(changedMark(ofConnection, options));
        }
        MarkBits ofPackets = mask(options, "--nfmask");
        MarkBits ofConnections = mask(options, "--ctmask");
        return saves
                ? packet.withConnectionMark(ofConnection
                        .and(inverted(ofConnections))
                        .xor(packet.mark().and(ofPackets)))
                : packet.withMark(packet.mark().and(inverted(ofPackets)).xor(ofConnection.and(ofConnections)));
    }

    private static MarkBits mask(List<RuleOption> options, String name) {
        String text = value(options, name);
        long[] numbers = text == null ? null : RuleMatcher.valueAndMask(text);
        return text == null ? MarkBits.of(MarkBits.ALL) : numbers == null ? MarkBits.UNKNOWN : MarkBits.of(numbers[0]);
    }

    private static MarkBits inverted(MarkBits mask) {
        return mask.xor(MarkBits.of(MarkBits.ALL));
    }
}
