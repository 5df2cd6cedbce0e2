package dev.patchbay.core.packet;

import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.rule.RuleOption;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Evaluates the matches of one rule for a packet.
final class RuleMatcher {
    private static final Set<String> KNOWN_MODULES = Set.of(
            "tcp",
            "udp",
            "sctp",
            "icmp",
            "icmp6",
            "conntrack",
            "state",
            "addrtype",
            "comment",
            "multiport",
            "mark",
            "connmark");
    /// Those that IPv6 reads off the address; the others take a route.
    private static final Set<String> ADDRESS_TYPES_OF_IPV6 = Set.of("UNSPEC", "UNICAST", "MULTICAST");
    private static final Set<String> ICMP = Set.of("icmp", "ipv6-icmp", "icmpv6", "1", "58");

    private final Packet packet;
    private final MatchContext context;

    RuleMatcher(Packet packet, MatchContext context) {
        this.packet = packet;
        this.context = context;
    }

    /// @param matches the options before the target
    Ternary evaluate(List<RuleOption> matches) {
        Ternary all = Ternary.YES;
        String module = "";
        for (RuleOption option : matches) {
            module = option.name().equals("-m") ? option.value() : module;
            all = all.and(evaluateOption(option, module).negatedIf(option.negated()));
        }
        return all;
    }

    private Ternary evaluateOption(RuleOption option, String module) {
        String value = option.value();
        return switch (option.name()) {
            case "-m" -> KNOWN_MODULES.contains(value) ? Ternary.YES : Ternary.MAYBE;
            case "--comment" -> Ternary.YES;
            case "-p" -> Ternary.of(isProtocol(value.toLowerCase(Locale.ROOT)));
            case "-i" -> link(value, packet.in());
            case "-o" -> link(value, packet.out());
            case "-s" -> address(value, packet.source());
            case "-d" -> address(value, packet.destination());
            case "-f" -> Ternary.NO; // only further fragments of a packet
            case "--dport", "--dports" -> ports(value, packet.destinationPort());
            case "--sport", "--sports" -> ports(value, packet.sourcePort());
            case "--ports" -> ports(value, packet.sourcePort()).or(ports(value, packet.destinationPort()));
            case "--ctstate", "--state" -> conntrackState(value);
            case "--ctdir" -> conntrackKnows(Ternary.of(value.equals("REPLY") != packet.startsConnection()));
            case "--ctorigsrc" -> originalTuple(address(value, packet.tracking().source()));
            case "--ctorigdst" -> originalTuple(address(value, packet.tracking().destination()));
            case "--ctorigdstport" ->
                originalTuple(ports(value, packet.tracking().destinationPort()));
            case "--dst-type" -> addressType(value, packet.destination());
            case "--src-type" -> addressType(value, packet.source());
            case "--tcp-flags" -> tcpFlags(value);
            case "--icmp-type", "--icmpv6-type" -> icmpType(value);
            case "--mark" ->
                mark(value, module.equals("connmark") ? packet.tracking().mark() : packet.mark());
            default -> Ternary.MAYBE;
        };
    }

    private boolean isProtocol(String wanted) {
        Protocol protocol = packet.protocol();
        if (wanted.equals("all") || wanted.equals("0")) {
            return true;
        }
        if (protocol == null) {
            return ICMP.contains(wanted);
        }
        String number = switch (protocol) {
            case TCP -> "6";
            case UDP -> "17";
            case SCTP -> "132";
        };
        return wanted.equals(protocol.toString()) || wanted.equals(number);
    }

    private static Ternary link(String wanted, String link) {
        return Ternary.of(
                wanted.endsWith("+")
                        ? !link.isEmpty() && link.startsWith(wanted.substring(0, wanted.length() - 1))
                        : link.equals(wanted));
    }

    private static Ternary address(String wanted, InetAddress address) {
        try {
            String bits = wanted.contains(":") ? "/128" : "/32";
            return Ternary.of(
                    Cidr.of(wanted.contains("/") ? wanted : wanted + bits).contains(address));
        } catch (IllegalArgumentException e) {
            return Ternary.MAYBE; // a mask with holes
        }
    }

    private Ternary ports(String wanted, int port) {
        if (!wanted.matches("\\d{0,5}(:\\d{0,5})?(,\\d{0,5}(:\\d{0,5})?)*")) {
            return Ternary.MAYBE; // ports of unknown form
        }
        Ternary any = Ternary.NO;
        for (String range : wanted.split(",")) {
            String[] ends = range.split(":", -1);
            int first = ends[0].isEmpty() ? 0 : Integer.parseInt(ends[0]);
            int last = ends.length == 1 ? first : ends[1].isEmpty() ? 65535 : Integer.parseInt(ends[1]);
            any = any.or(portIn(first, last, port));
        }
        return any;
    }

    private Ternary portIn(int first, int last, int port) {
        if (packet.protocol() == null) {
            return Ternary.NO;
        }
        if (port != 0) {
            return Ternary.of(first <= port && port <= last);
        }
        boolean possible = first <= context.ephemeralPorts().last()
                && context.ephemeralPorts().first() <= last;
        boolean certain = first <= context.ephemeralPorts().first()
                && context.ephemeralPorts().last() <= last;
        return certain ? Ternary.YES : possible ? Ternary.MAYBE : Ternary.NO;
    }

    /// Without conntrack no such match is true.
    private Ternary conntrackKnows(Ternary matches) {
        return context.tracked() && !packet.tracking().untracked() && !packet.isInvalid() ? matches : Ternary.NO;
    }

    /// The addresses of an answer that starts a connection are not derived.
    private Ternary originalTuple(Ternary matches) {
        return conntrackKnows(packet.tracking().answersUntracked() ? Ternary.MAYBE : matches);
    }

    private Ternary conntrackState(String wanted) {
        return Stream.of(wanted.split(","))
                .map(state -> switch (state) {
                    case "NEW" -> conntrackKnows(Ternary.of(packet.startsConnection()));
                    case "ESTABLISHED" -> conntrackKnows(Ternary.of(!packet.startsConnection()));
                    case "DNAT" -> conntrackKnows(Ternary.of(packet.dnat()));
                    case "SNAT" -> conntrackKnows(Ternary.of(packet.snat()));
                    case "RELATED" -> Ternary.NO;
                    case "INVALID" ->
                        Ternary.of((!context.tracked() || packet.isInvalid())
                                && !packet.tracking().untracked());
                    case "UNTRACKED" -> Ternary.of(packet.tracking().untracked());
                    default -> Ternary.MAYBE;
                })
                .reduce(Ternary.NO, Ternary::or);
    }

    /// With IPv6 the kernel tests types of addresses, of which all must match, and types of routes, of which one
    /// must: a local address is a unicast address too (`addrtype_mt6`).
    private Ternary addressType(String wanted, InetAddress address) {
        boolean ipv6 = Family.of(address) == Family.IPV6;
        Ternary ofAddress = Ternary.YES;
        Ternary ofRoute = Ternary.NO;
        boolean routeAsked = !ipv6;
        for (String type : wanted.split(",")) {
            Ternary matches = switch (type) {
                case "LOCAL" -> Ternary.of(context.isLocal(address));
                case "UNICAST" -> Ternary.of((ipv6 || !context.isLocal(address)) && !address.isMulticastAddress());
                case "MULTICAST" -> Ternary.of(address.isMulticastAddress());
                default -> Ternary.MAYBE;
            };
            if (ipv6 && ADDRESS_TYPES_OF_IPV6.contains(type)) {
                ofAddress = ofAddress.and(matches);
            } else {
                ofRoute = ofRoute.or(matches);
                routeAsked = true;
            }
        }
        return routeAsked ? ofAddress.and(ofRoute) : ofAddress;
    }

    /// `--tcp-flags FIN,SYN,RST,ACK SYN`: of these flags exactly those are set.
    private Ternary tcpFlags(String value) {
        String[] words = value.split(" ");
        if (packet.protocol() != Protocol.TCP || words.length != 2) {
            return Ternary.MAYBE;
        }
        Set<String> set = packet.reply() ? Set.of("SYN", "ACK") : Set.of("SYN");
        Set<String> wanted = Set.of(words[1].split(","));
        return Ternary.of(Stream.of(words[0].split(",")).allMatch(flag -> set.contains(flag) == wanted.contains(flag)));
    }

    private Ternary icmpType(String value) {
        if (packet.protocol() != null) {
            return Ternary.NO;
        }
        String own = packet.family() == Family.IPV4 ? (packet.reply() ? "0" : "8") : (packet.reply() ? "129" : "128");
        if (value.equals("any") || value.equals("255")) {
            return Ternary.YES;
        }
        return value.matches("[0-9]+(/.*)?") ? Ternary.of(value.split("/")[0].equals(own)) : Ternary.MAYBE;
    }

    private static Ternary mark(String value, MarkBits mark) {
        long[] numbers = valueAndMask(value);
        return numbers == null
                ? Ternary.MAYBE
                : mark.and(MarkBits.of(numbers[1])).equalTo(numbers[0]);
    }

    /// `0x1/0xff`, or a value without a mask.
    ///
    /// @return null for text of another form
    static long @Nullable [] valueAndMask(String text) {
        String[] words = text.split("/", -1);
        try {
            return words.length > 2
                    ? null
                    : new long[] {Long.decode(words[0]), words.length == 2 ? Long.decode(words[1]) : MarkBits.ALL};
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
