package dev.patchbay.core.reachability;

import static dev.patchbay.core.packet.NetfilterHook.FORWARD;
import static dev.patchbay.core.packet.NetfilterHook.INPUT;
import static dev.patchbay.core.packet.NetfilterHook.OUTPUT;
import static dev.patchbay.core.packet.NetfilterHook.POSTROUTING;
import static dev.patchbay.core.packet.NetfilterHook.PREROUTING;

import dev.patchbay.core.model.Message;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.packet.HookVerdict;
import dev.patchbay.core.packet.NatTarget;
import dev.patchbay.core.packet.NetfilterHook;
import dev.patchbay.core.packet.Packet;
import dev.patchbay.core.packet.RuleTables.Phase;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.core.reachability.Hop.Status;
import dev.patchbay.core.reachability.Peer.AttachedEndpoint;
import dev.patchbay.core.reachability.RouteLookup.Route;
import dev.patchbay.core.reachability.RouteLookup.RouteKey;
import dev.patchbay.core.rules.FirewallRule;
import dev.patchbay.engine.kernel.ForwardingSettings;
import dev.patchbay.engine.kernel.NetnsState;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Family;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The path of the packet on the host, hook by hook in the kernel's order.
final class ForwardPath {
    private final Trace trace;
    private final Peer from;
    private final NetnsState host;
    private final ForwardingSettings forwarding;

    ForwardPath(Trace trace, Peer from) {
        this.trace = trace;
        this.from = from;
        this.host = trace.inputs().host();
        this.forwarding = host.forwarding();
    }

    /// The packet stays on one bridge. Chains of bridges see it; others only with bridge-nf-call.
    void bridge(Packet packet, Network network) {
        String bridge = network.bridge();
        Packet frame = trace.filterBridged(
                Stage.FILTER, packet, packet.source(), packet.destination(), PREROUTING, FORWARD, POSTROUTING);
        if (frame == null) {
            return;
        }
        Packet crossing = frame.withLinks(bridge, bridge);
        if (!filtersBridged()) {
            trace.ok(
                    Stage.FILTER,
                    Message.of("bridge.stays", bridge),
                    Message.of("bridge.unseen"),
                    new Location.OfNetwork(network.id()));
        } else {
            trace.reportUnreadableTables();
            Packet received = whenNotTranslated(PREROUTING, frame.withLinks(bridge, ""), false);
            Packet forwarded = received == null ? null : forward(received.withLinks(bridge, bridge));
            Packet sent =
                    forwarded == null ? null : whenNotTranslated(POSTROUTING, forwarded.withLinks("", bridge), false);
            if (sent == null) {
                return;
            }
            crossing = sent.withLinks(bridge, bridge);
        }
        new Delivery(trace).deliver(packet, crossing, new PacketOrigin(from, packet.source(), bridge, true));
    }

    /// Sends the packet through all chains of a hook where no translation is expected, as for a packet to
    /// a neighbour. With a translation by a rule of others the destination is unknown.
    ///
    /// @return null when the packet is dropped or translated
    private @Nullable Packet whenNotTranslated(
            NetfilterHook hook, Packet packet, boolean shown, Location... locations) {
        Packet before = trace.filter(hook, Phase.BEFORE_NAT, packet, shown, locations);
        if (before == null) {
            return null;
        }
        HookVerdict verdict = trace.translate(hook, before);
        if (verdict.kind() != HookVerdict.Kind.ACCEPTED) {
            trace.add(
                    Stage.TRANSLATION,
                    Status.UNKNOWN,
                    HookText.title(verdict.chain(), before),
                    HookText.detail(verdict),
                    verdict);
            return null;
        }
        return trace.filter(hook, Phase.AFTER_NAT, verdict.packet(), shown, locations);
    }

    /// The packet arrives on a link.
    void receive(Packet sent) {
        trace.reportUnreadableTables();
        trace.reportLinkChains("ingress", sent.in());
        Packet packet = trace.isBridge(sent.in())
                ? trace.filterBridged(Stage.FILTER, sent, sent.source(), null, PREROUTING, INPUT)
                : sent;
        if (packet == null) {
            return;
        }
        Packet arrived = trace.filter(PREROUTING, Phase.BEFORE_NAT, packet, false);
        Packet changed = arrived == null ? null : applyDnat(arrived, PREROUTING);
        Packet translated = changed == null ? null : trace.filter(PREROUTING, Phase.AFTER_NAT, changed, false);
        if (translated == null) {
            return;
        }
        PacketOrigin origin = new PacketOrigin(from, packet.source(), packet.in(), false);
        InetAddress to = translated.destination();
        Route route = RouteLookup.lookup(RouteKey.of(translated), host);
        if (!trace.reportNoRoute(route, to, Stage.ROUTE)) {
            return;
        }
        ReversePathFilter reverse = new ReversePathFilter(trace);
        if (route instanceof Route.Local) {
            if (!reverse.accepts(translated, route, Stage.ROUTE)) {
                return;
            }
            if (to.isLoopbackAddress() && !forwarding.localnet().contains(packet.in())) {
                trace.fail(
                        Stage.ROUTE,
                        Message.of("route.noLoopback", Addresses.format(to)),
                        Message.of("hook.dropped"),
                        Message.of("route.noLoopback.why"),
                        null,
                        new Location.OfHost());
            } else {
                Packet accepted = whenNotTranslated(INPUT, translated, true, new Location.OfHost());
                if (accepted != null) {
                    new Delivery(trace).deliverToHost(accepted, origin);
                }
            }
            return;
        }
        String out = RouteLookup.device(route);
        if (!checkNotShadowed(route, to)) {
            return;
        }
        if (packet.family() == Family.IPV4 ? !forwarding.forwards() : !forwarding.forwards6()) {
            String key = packet.family() == Family.IPV4 ? "net.ipv4.ip_forward" : "net.ipv6.conf.all.forwarding";
            trace.fail(
                    Stage.ROUTE,
                    Message.of("route.noForwarding", out),
                    Message.verbatim(key + " = 0"),
                    Message.of("route.noForwarding.why"),
                    new Remedy.ByHand(Message.of("route.noForwarding.remedy", key)),
                    new Location.OfHost());
            return;
        }
        if (!reverse.accepts(translated, route, Stage.ROUTE)) {
            return;
        }
        Packet forwarded = forward(translated.withLinks(packet.in(), out));
        if (forwarded != null) {
            postRouting(forwarded, route, origin);
        }
    }

    /// The host sends the packet itself.
    ///
    /// @param packet with the link by which it would leave without translation
    /// @param route of the packet as it is
    void send(Packet packet, Route route) {
        trace.reportUnreadableTables();
        Packet marked = trace.filter(OUTPUT, Phase.BEFORE_NAT, packet, false);
        Packet changed = marked == null ? null : applyDnat(marked, OUTPUT);
        Packet translated =
                changed == null ? null : trace.filter(OUTPUT, Phase.AFTER_NAT, changed, false, new Location.OfHost());
        if (translated == null) {
            return;
        }
        PacketOrigin origin = new PacketOrigin(from, packet.source(), "", false);
        InetAddress to = translated.destination();
        if (trace.isHostAddress(to)) {
            Packet accepted = loop(translated);
            if (accepted != null) {
                new Delivery(trace).deliverToHost(accepted, origin);
            }
            return;
        }
        // The kernel looks up the route again only for another destination, or when a chain that may
        // reroute has changed the mark.
        Route taken = to.equals(packet.destination())
                ? trace.routeAfterMarks(route)
                : RouteLookup.lookup(RouteKey.of(translated), host);
        if (!trace.reportNoRoute(taken, to, Stage.ROUTE) || !checkNotShadowed(taken, to)) {
            return;
        }
        String out = RouteLookup.device(taken);
        if (packet.source().isLoopbackAddress() && !forwarding.localnet().contains(out)) {
            trace.fail(
                    Stage.ROUTE,
                    Message.of("route.noLocalnet", Addresses.format(packet.source()), out),
                    Message.of("route.noLocalnet.setting"),
                    Message.of("route.noLocalnet.why"),
                    RemedyFinder.repair(),
                    new Location.OfHost());
            return;
        }
        postRouting(translated.withLinks("", out), taken, origin);
    }

    /// The destination of the route that the network itself has.
    private String subnet(AttachedEndpoint plug, InetAddress to) {
        return host.routes().stream()
                .filter(route -> route.device().equals(plug.network().bridge())
                        && route.destination().contains(to))
                .findFirst()
                .map(route -> route.destination().toString())
                .orElse(Addresses.format(to));
    }

    /// Fails when another route than that of its network leads to a container, as one of a VPN.
    private boolean checkNotShadowed(Route route, InetAddress to) {
        AttachedEndpoint plug = AttachedEndpoint.withAddress(to, trace.topology());
        if (plug == null
                || !(route instanceof Route.Via via)
                || !plug.network().hasBridge()
                || via.device().equals(plug.network().bridge())
                || host.routes().stream()
                        .noneMatch(other -> other.device().equals(plug.network().bridge())
                                && other.destination().contains(to))) {
            return true;
        }
        return trace.fail(
                Stage.ROUTE,
                Message.of("route.shadowed", Addresses.format(to), via.device()),
                Message.verbatim(via.decision().text()),
                Message.of(
                        "route.shadowed.why",
                        plug.network().name(),
                        via.decision().text()),
                new Remedy.ByHand(Message.of(
                        "route.shadowed.remedy", Family.of(to) == Family.IPV4 ? "" : "-6 ", subnet(plug, to))),
                new Location.OfHost());
    }

    /// A packet of the host to itself: translations are made when it is sent.
    private @Nullable Packet loop(Packet sent) {
        Packet packet = sent;
        for (NetfilterHook hook : List.of(POSTROUTING, PREROUTING, INPUT)) {
            packet = hook == POSTROUTING ? packet.withLinks("", "lo") : packet.withLinks("lo", "");
            for (Phase phase : Phase.values()) {
                packet = packet == null ? null : trace.filter(hook, phase, packet, false, new Location.OfHost());
            }
            if (packet == null) {
                return null;
            }
        }
        return packet;
    }

    private @Nullable Packet forward(Packet packet) {
        return trace.filter(FORWARD, Phase.BEFORE_NAT, packet, true, locationsOf(packet));
    }

    /// @return null when the destination is unknown
    private @Nullable Packet applyDnat(Packet packet, NetfilterHook hook) {
        HookVerdict verdict = trace.translate(hook, packet);
        FirewallRule rule = verdict.decidingRule();
        if (verdict.kind() == HookVerdict.Kind.ACCEPTED || verdict.kind() == HookVerdict.Kind.SNAT) {
            return verdict.packet();
        }
        NatTarget to = switch (verdict.kind()) {
            case DNAT -> NatTarget.of(verdict.natArgument(), packet.destinationPort());
            case REDIRECTED -> redirected(verdict, packet);
            default -> null;
        };
        if (to == null || rule == null) {
            trace.add(
                    Stage.TRANSLATION,
                    verdict.kind() == HookVerdict.Kind.DROPPED ? Status.FAILS : Status.UNKNOWN,
                    HookText.title(verdict.chain(), packet),
                    HookText.detail(verdict),
                    verdict);
            return null;
        }
        trace.ok(
                Stage.CHAIN,
                Message.verbatim(HookText.chains(verdict)),
                verdict.chain().nft() ? Message.EMPTY : Message.verbatim("dst-type LOCAL"),
                new Location.OfHost());
        trace.add(
                Stage.TRANSLATION,
                Status.OK,
                Message.of("dnat", Addresses.formatSocket(to.address(), to.port())),
                HookText.translationRule(rule),
                verdict,
                new Location.OfHost());
        return verdict.packet().withDestination(to.address(), to.port());
    }

    /// A packet of the host goes to its loopback address, others to an address of their link.
    private @Nullable NatTarget redirected(HookVerdict verdict, Packet packet) {
        InetAddress address = packet.in().isEmpty()
                ? InetAddress.ofLiteral(packet.family() == Family.IPV4 ? "127.0.0.1" : "::1")
                : RouteLookup.firstAddress(packet.in(), packet.family(), host);
        String port = verdict.natArgument();
        if (address == null || !port.matches("\\d{0,5}")) {
            return null;
        }
        return new NatTarget(address, port.isEmpty() ? packet.destinationPort() : Integer.parseInt(port));
    }

    private void postRouting(Packet routed, Route route, PacketOrigin origin) {
        Packet packet = trace.filter(POSTROUTING, Phase.BEFORE_NAT, routed, false);
        if (packet == null) {
            return;
        }
        HookVerdict verdict = trace.translate(POSTROUTING, packet);
        Packet sent = verdict.packet();
        switch (verdict.kind()) {
            case ACCEPTED, DNAT, REDIRECTED -> {}
            case UNKNOWN, DROPPED, REJECTED -> {
                trace.add(
                        Stage.MASQUERADE,
                        verdict.kind() == HookVerdict.Kind.UNKNOWN ? Status.UNKNOWN : Status.FAILS,
                        HookText.title(verdict.chain(), packet),
                        HookText.detail(verdict),
                        verdict);
                return;
            }
            case SNAT, MASQUERADED -> {
                InetAddress as = verdict.kind() == HookVerdict.Kind.MASQUERADED
                        ? masqueradeAddress(packet, route)
                        : address(verdict);
                if (as == null) {
                    trace.unknown(Stage.MASQUERADE, postRoutingTitle(packet), Message.EMPTY);
                    return;
                }
                trace.add(
                        Stage.MASQUERADE,
                        Status.OK,
                        Message.of("masqueraded", Addresses.format(as)),
                        verdict.decidingRule() == null ? Message.EMPTY : HookText.ruleText(verdict.decidingRule()),
                        verdict,
                        new Location.OfHost());
                sent = sent.withSource(as);
            }
        }
        if (sent.source().isLoopbackAddress()) {
            trace.fail(
                    Stage.MASQUERADE,
                    postRoutingTitle(packet),
                    Message.of("notMasqueraded"),
                    Message.of("notMasqueraded.why"),
                    RemedyFinder.repair(),
                    new Location.OfHost());
            return;
        }
        Packet left = trace.filter(POSTROUTING, Phase.AFTER_NAT, sent, false);
        if (left != null && trace.isBridge(left.out())) {
            left = trace.filterBridged(Stage.FILTER, left, null, left.destination(), OUTPUT, POSTROUTING);
        }
        if (left != null) {
            trace.reportLinkChains("egress", packet.out());
            new Delivery(trace).deliver(packet, left, origin);
        }
    }

    private @Nullable InetAddress masqueradeAddress(Packet packet, Route route) {
        InetAddress gateway = route instanceof Route.Via via ? via.gateway() : null;
        return RouteLookup.linkAddress(packet.out(), gateway == null ? packet.destination() : gateway, host);
    }

    private static Message postRoutingTitle(Packet packet) {
        return Message.verbatim("POSTROUTING → " + packet.out());
    }

    private static @Nullable InetAddress address(HookVerdict verdict) {
        NatTarget to = NatTarget.of(verdict.natArgument(), 0);
        return to == null ? null : to.address();
    }

    private boolean filtersBridged() {
        return trace.question().family() == Family.IPV4 ? forwarding.filtersBridged() : forwarding.filtersBridged6();
    }

    private Location[] locationsOf(Packet packet) {
        String link = packet.out();
        Location leaving = trace.topology().networks().stream()
                .filter(network -> network.hasBridge() && network.bridge().equals(link))
                .map(network -> (Location) new Location.OfNetwork(network.id()))
                .findFirst()
                .orElse(new Location.OfLink(link));
        return packet.in().equals(link) ? new Location[] {leaving} : new Location[] {new Location.OfHost(), leaving};
    }
}
