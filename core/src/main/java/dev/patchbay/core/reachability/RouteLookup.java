package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.packet.MarkBits;
import dev.patchbay.core.packet.Packet;
import dev.patchbay.engine.kernel.KernelState.Link;
import dev.patchbay.engine.kernel.NetnsState;
import dev.patchbay.engine.kernel.RoutingTables;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.Protocol;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Looks up routes in a namespace as the kernel does.
final class RouteLookup {
    private RouteLookup() {}

    /// The facts on which the kernel chooses a route, as `ip route get TO from SOURCE iif IN mark MARK`.
    ///
    /// @param source null while a packet of the namespace itself has none
    /// @param in the incoming link; empty for a packet of the namespace itself
    /// @param protocol number of the transport protocol
    /// @param sourcePort 0 for a port that is not known
    /// @param destinationPort 0 for a port that is not known
    record RouteKey(
            InetAddress destination,
            @Nullable InetAddress source,
            String in,
            MarkBits mark,
            int protocol,
            int sourcePort,
            int destinationPort) {
        static RouteKey of(InetAddress destination, InetAddress source, MarkBits mark) {
            return new RouteKey(destination, source, "", mark, 0, 0, 0);
        }

        static RouteKey of(Packet packet) {
            return new RouteKey(
                    packet.destination(),
                    packet.source(),
                    packet.in(),
                    packet.mark(),
                    packet.protocolNumber(),
                    packet.sourcePort(),
                    packet.destinationPort());
        }

        /// Of the route for an answer, with which the reverse path filter compares.
        ///
        /// @param answerIn the incoming link of the answer; empty when the namespace itself answers
        RouteKey reversed(String answerIn, MarkBits reverseMark) {
            return new RouteKey(
                    Objects.requireNonNull(source),
                    destination,
                    answerIn,
                    reverseMark,
                    protocol,
                    destinationPort,
                    sourcePort);
        }

        private RouteKey withSource(InetAddress chosen) {
            return new RouteKey(destination, chosen, in, mark, protocol, sourcePort, destinationPort);
        }
    }

    sealed interface Route {
        /// The packet is for the namespace itself.
        record Local() implements Route {}

        /// @param gateway null when the address is on the link itself
        record Via(String device, @Nullable InetAddress gateway, RouteDecision decision) implements Route {}

        record None(RouteDecision decision) implements Route {}

        /// It depends on an unknown fact.
        record Unknown(RouteDecision decision) implements Route {}
    }

    /// The rule and the route that decide.
    ///
    /// @param rule null when no rule decides
    /// @param route null when the rule itself decides
    record RouteDecision(RoutingTables.@Nullable Rule rule, RoutingTables.@Nullable Route route) {
        static final RouteDecision EMPTY = new RouteDecision(null, null);

        boolean isEmpty() {
            return rule == null && route == null;
        }

        /// Whether the route is in another table than a machine without routing rules of its own uses.
        boolean isByPolicy() {
            return rule != null && rule.table() != RoutingTables.MAIN && rule.table() != RoutingTables.LOCAL;
        }

        /// `10.0.0.0/8 dev wg0 table 42, rule 100: from all lookup 42`.
        String text() {
            String path = route == null ? "" : RoutingText.route(route);
            return rule == null ? path : path + (path.isEmpty() ? "rule " : ", rule ") + RoutingText.rule(rule);
        }
    }

    /// A packet that the namespace itself sends.
    ///
    /// @param source null when the outgoing link has no address of the family
    record LocalRoute(Route route, @Nullable InetAddress source) {
        String device() {
            return RouteLookup.device(route);
        }
    }

    static Route lookup(RouteKey key, NetnsState from) {
        return new RoutingPolicy(from, key).lookup();
    }

    /// The outgoing device; empty when there is none, or it is not known.
    static String device(Route route) {
        return switch (route) {
            case Route.Local() -> "lo";
            case Route.Via via -> via.device();
            case Route.None _, Route.Unknown _ -> "";
        };
    }

    /// The outgoing device; empty when there is none, and null when it is not known.
    static @Nullable String device(RouteKey key, NetnsState from) {
        Route route = lookup(key, from);
        return route instanceof Route.Unknown ? null : device(route);
    }

    /// The route and the source address of a packet that the namespace itself sends. The kernel looks up the
    /// route without a source, and chooses one. With IPv4 a socket that connects looks up again, since rules may
    /// look at the source (`ip_route_connect`), and a ping does not (`raw_sendmsg`); with IPv6 only when no route
    /// was found (`ip6_dst_lookup_tail`).
    static LocalRoute localRoute(
            InetAddress destination, @Nullable Protocol protocol, int destinationPort, NetnsState from) {
        Family family = Family.of(destination);
        RouteKey key = new RouteKey(
                destination, null, "", MarkBits.ZERO, Packet.protocolNumber(protocol, family), 0, destinationPort);
        Route first = lookup(key, from);
        InetAddress source = source(first, destination, from);
        if (source == null && family == Family.IPV6 && !(first instanceof Route.Unknown)) {
            source = closestAddress(destination, from);
        }
        boolean again = family == Family.IPV4 ? protocol != null : first instanceof Route.None;
        return new LocalRoute(again && source != null ? lookup(key.withSource(source), from) : first, source);
    }

    /// Of all links, the first one with the longest common prefix (RFC 6724, rule 8), which counts as far as the
    /// address's own; null when no address reaches beyond its link.
    private static @Nullable InetAddress closestAddress(InetAddress destination, NetnsState from) {
        Cidr closest = null;
        int longest = -1;
        for (Cidr candidate : localAddresses(from).toList()) {
            InetAddress address = candidate.address();
            if (Family.of(address) != Family.of(destination)
                    || address.isLinkLocalAddress()
                    || address.isLoopbackAddress()) {
                continue;
            }
            int common = Math.min(commonPrefix(address, destination), candidate.prefixLength());
            if (common > longest) {
                closest = candidate;
                longest = common;
            }
        }
        return closest == null ? null : closest.address();
    }

    private static int commonPrefix(InetAddress one, InetAddress other) {
        BigInteger difference = new BigInteger(1, one.getAddress()).xor(new BigInteger(1, other.getAddress()));
        return one.getAddress().length * Byte.SIZE - difference.bitLength();
    }

    /// The source address for a destination; null when the outgoing link has none of the family.
    static @Nullable InetAddress source(InetAddress destination, NetnsState from) {
        return localRoute(destination, null, 0, from).source();
    }

    private static @Nullable InetAddress source(Route route, InetAddress destination, NetnsState from) {
        return switch (route) {
            case Route.Local() -> destination;
            case Route.None _, Route.Unknown _ -> null;
            case Route.Via(String device, InetAddress gateway, RouteDecision decision) -> {
                InetAddress preferred =
                        decision.route() == null ? null : decision.route().source();
                yield preferred != null
                        ? preferred
                        : linkAddress(device, gateway == null ? destination : gateway, from);
            }
        };
    }

    /// The address of a link for packets to the next hop, as `inet_select_addr` chooses it: one of the same
    /// subnet, or the first. Null when the link has none of the family.
    static @Nullable InetAddress linkAddress(String device, InetAddress nextHop, NetnsState from) {
        List<Cidr> candidates = from.links().stream()
                .filter(link -> link.name().equals(device))
                .flatMap(link -> link.addresses().stream())
                .filter(address -> Family.of(address.address()) == Family.of(nextHop))
                .filter(address -> !address.address().isLinkLocalAddress())
                .toList();
        return candidates.stream()
                .filter(address -> address.contains(nextHop))
                .findFirst()
                .or(() -> candidates.stream().findFirst())
                .map(Cidr::address)
                .orElse(null);
    }

    /// The first address of a link of the family; null when there is none.
    static @Nullable InetAddress firstAddress(String device, Family family, NetnsState of) {
        return of.links().stream()
                .filter(link -> link.name().equals(device))
                .flatMap(link -> link.addresses().stream())
                .map(Cidr::address)
                .filter(family::includes)
                .findFirst()
                .orElse(null);
    }

    /// All addresses except those of the loopback.
    static Set<InetAddress> addresses(NetnsState netnsState) {
        return localAddresses(netnsState).map(Cidr::address).collect(Collectors.toSet());
    }

    /// The name of an endpoint's link in its container. An engine does not report it, so it is found by
    /// the address.
    static String interfaceName(Endpoint endpoint, @Nullable NetnsState inside) {
        if (!endpoint.interfaceName().isEmpty() || inside == null) {
            return endpoint.interfaceName();
        }
        return inside.links().stream()
                .filter(link -> link.addresses().stream()
                        .anyMatch(address -> address.equals(endpoint.address()) || address.equals(endpoint.address6())))
                .map(Link::name)
                .findFirst()
                .orElse("");
    }

    private static Stream<Cidr> localAddresses(NetnsState netnsState) {
        return netnsState.links().stream().map(Link::addresses).flatMap(List::stream);
    }
}
