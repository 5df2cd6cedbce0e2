package dev.patchbay.engine.rule;

import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Parses a rule of ours from the output of `iptables-save`.
public final class RuleParser {
    private static final Match.Conntrack NO_CONNTRACK = new Match.Conntrack(Set.of(), false, null, null);

    private final Chain chain;
    private final List<Match> matches = new ArrayList<>();
    private @Nullable Protocol protocol;
    private Match.Conntrack conntrack = NO_CONNTRACK;
    private int conntrackIndex;
    private String verdict = "";
    private @Nullable Target translation;

    private RuleParser(Chain chain) {
        this.chain = chain;
    }

    /// The rule that prints exactly this text in this chain; null for any other text, which belongs to
    /// somebody else.
    public static @Nullable RuleSpec parse(Chain chain, String specification) {
        RuleParser parser = new RuleParser(chain);
        try {
            RuleOption.parse(specification).forEach(parser::read);
            RuleSpec rule = parser.rule();
            return rule.text().equals(specification) ? rule : null;
        } catch (IllegalArgumentException foreign) {
            return null;
        }
    }

    private void read(RuleOption option) {
        String value = option.value();
        switch (option.name()) {
            case "-s" -> matches.add(new Match.Source(Cidr.of(value), option.negated()));
            case "-d" -> matches.add(new Match.Destination(Cidr.of(value), option.negated()));
            case "-i" -> matches.add(new Match.In(value, option.negated()));
            case "-o" -> matches.add(new Match.Out(value, option.negated()));
            case "-p" -> {
                protocol = Protocol.valueOf(value.toUpperCase(Locale.ROOT));
                matches.add(new Match.Transport(protocol));
            }
            case "-m" -> conntrackIndex = value.equals("conntrack") ? matches.size() : conntrackIndex;
            case "--sport" -> matches.add(new Match.SourcePorts(protocol(), range(value)));
            case "--dport" -> matches.add(new Match.DestinationPorts(protocol(), range(value)));
            case "--src-type" -> matches.add(new Match.FromHost());
            case "--dst-type" -> matches.add(new Match.ToHost());
            case "--ctstate" ->
                conntrack = new Match.Conntrack(
                        Stream.of(value.split(","))
                                .map(Match.ConntrackState::valueOf)
                                .collect(Collectors.toSet()),
                        option.negated(),
                        conntrack.originalDestination(),
                        conntrack.direction());
            case "--ctorigdst" ->
                conntrack = new Match.Conntrack(
                        conntrack.states(), conntrack.negated(), Cidr.of(value), conntrack.direction());
            case "--ctdir" ->
                conntrack = new Match.Conntrack(
                        conntrack.states(),
                        conntrack.negated(),
                        conntrack.originalDestination(),
                        Match.Direction.valueOf(value));
            case "-j" -> verdict = value;
            case "--to-source" -> translation = new Target.Snat(Addresses.parse(value));
            case "--to-destination" -> translation = dnat(value);
            default -> throw foreign(option.name());
        }
    }

    private Protocol protocol() {
        if (protocol == null) {
            throw foreign("ports without a protocol");
        }
        return protocol;
    }

    private static PortRange range(String value) {
        return PortRange.of(value.replace(':', '-'));
    }

    /// `172.18.0.2`, `172.18.0.2:80`, `[fd00::2]:80-89/8080`
    private static Target dnat(String value) {
        int colon = value.lastIndexOf(':');
        if (colon < 0 || (value.indexOf(':') != colon && !value.startsWith("["))) {
            return new Target.Dnat(Addresses.parse(value), null, 0);
        }
        String address = value.substring(0, colon);
        int slash = value.indexOf('/', colon);
        return new Target.Dnat(
                Addresses.parse(address.startsWith("[") ? address.substring(1, address.length() - 1) : address),
                PortRange.of(value.substring(colon + 1, slash < 0 ? value.length() : slash)),
                slash < 0 ? 0 : Integer.parseInt(value.substring(slash + 1)));
    }

    private RuleSpec rule() {
        if (!conntrack.equals(NO_CONNTRACK)) {
            matches.add(conntrackIndex, conntrack);
        }
        return new RuleSpec(matches, target());
    }

    private Target target() {
        return switch (verdict) {
            case "DNAT", "SNAT" -> {
                if (translation == null) {
                    throw foreign(verdict);
                }
                yield translation;
            }
            case "MASQUERADE" -> new Target.Masquerade();
            case "ACCEPT", "DROP", "RETURN" -> Target.Verdict.valueOf(verdict);
            default -> {
                OwnChain own = OwnChain.find(chain.table(), verdict);
                if (own == null) {
                    throw foreign(verdict);
                }
                yield new Target.Jump(own);
            }
        };
    }

    private static IllegalArgumentException foreign(String word) {
        return new IllegalArgumentException("none of our rules has this: " + word);
    }
}
