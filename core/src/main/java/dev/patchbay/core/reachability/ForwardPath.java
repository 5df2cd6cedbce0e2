package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Message;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.packet.HookVerdict;
import dev.patchbay.core.packet.NatTarget;
import dev.patchbay.core.packet.Packet;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.core.reachability.Hop.Status;
import dev.patchbay.engine.kernel.ForwardingSettings;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.kernel.NetnsState;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Family;
import java.net.InetAddress;
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

    /// The packet stays on one bridge. Rules see it only with bridge-nf-call.
    void bridge(Packet packet, Network network) {
        String bridge = network.bridge();
        Packet crossing = packet.withLinks(bridge, bridge);
        if (!filtersBridged()) {
            trace.ok(
                    Stage.FILTER,
                    Message.of("bridge.stays", bridge),
                    Message.of("bridge.unseen"),
                    new Location.OfNetwork(network.id()));
        } else if (!passesPreRouting(packet.withLinks(bridge, ""))
                || hasDestinationNat(packet.withLinks(bridge, ""))
                || !passesForward(crossing)
                || hasSourceNat(crossing)) {
            return;
        }
        new Delivery(trace).deliver(packet, crossing, new PacketOrigin(from, packet.source(), bridge, true));
    }

    /// No rule of ours translates a packet to a neighbour. With a rule of others the destination is
    /// unknown.
    private boolean hasDestinationNat(Packet packet) {
        return reportNat("PREROUTING", packet, trace.evaluate("nat", "PREROUTING", packet));
    }

    private boolean hasSourceNat(Packet packet) {
        return reportNat("POSTROUTING", packet, trace.evaluate("nat", "POSTROUTING", packet));
    }

    private boolean reportNat(String hook, Packet packet, HookVerdict verdict) {
        if (verdict.kind() == HookVerdict.Kind.ACCEPTED) {
            return false;
        }
        trace.add(
                Stage.TRANSLATION,
                Status.UNKNOWN,
                HookText.title("nat", hook, packet),
                HookText.detail(verdict, hook),
                verdict,
                "");
        return true;
    }

    /// The packet arrives on a link.
    void receive(Packet packet) {
        if (!passesPreRouting(packet) || !passesReversePathFilter(packet.source(), packet.in())) {
            return;
        }
        Packet translated = applyDnat(packet, "PREROUTING");
        if (translated == null) {
            return;
        }
        PacketOrigin origin = new PacketOrigin(from, packet.source(), packet.in(), false);
        InetAddress to = translated.destination();
        if (trace.isHostAddress(to)) {
            if (to.isLoopbackAddress() && !forwarding.localnet().contains(packet.in())) {
                trace.fail(
                        Stage.ROUTE,
                        Message.of("route.noLoopback", Addresses.format(to)),
                        Message.of("hook.dropped"),
                        Message.of("route.noLoopback.why"),
                        null,
                        new Location.OfHost());
            } else if (trace.checkHook("mangle", "INPUT", translated, false, Stage.FILTER, new Location.OfHost())
                    && trace.checkHook("filter", "INPUT", translated, true, Stage.FILTER, new Location.OfHost())) {
                new Delivery(trace).deliverToHost(translated, origin);
            }
            return;
        }
        String out = RouteLookup.device(to, host);
        if (out.isEmpty()) {
            trace.fail(
                    Stage.ROUTE,
                    Message.of("route.none", Addresses.format(to)),
                    Message.of("noRoute"),
                    Message.of("route.none.why"),
                    null,
                    new Location.OfHost());
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
        Packet crossing = translated.withLinks(packet.in(), out);
        if (passesForward(crossing)) {
            postRouting(crossing, origin);
        }
    }

    /// The host sends the packet itself.
    ///
    /// @param packet with the link by which it would leave without translation
    void send(Packet packet) {
        if (!trace.checkHook("raw", "OUTPUT", packet, false, Stage.FILTER)
                || !trace.checkHook("mangle", "OUTPUT", packet, false, Stage.FILTER)) {
            return;
        }
        Packet translated = applyDnat(packet, "OUTPUT");
        if (translated == null
                || !trace.checkHook("filter", "OUTPUT", translated, false, Stage.FILTER, new Location.OfHost())) {
            return;
        }
        PacketOrigin origin = new PacketOrigin(from, packet.source(), "", false);
        InetAddress to = translated.destination();
        if (trace.isHostAddress(to)) {
            Packet looped = translated.withLinks("lo", "");
            if (trace.checkHook("raw", "PREROUTING", looped, false, Stage.FILTER)
                    && trace.checkHook("mangle", "INPUT", looped, false, Stage.FILTER)
                    && trace.checkHook("filter", "INPUT", looped, false, Stage.FILTER, new Location.OfHost())) {
                new Delivery(trace).deliverToHost(looped, origin);
            }
            return;
        }
        String out = RouteLookup.device(to, host);
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
        postRouting(translated.withLinks("", out), origin);
    }

    private boolean passesPreRouting(Packet packet) {
        return trace.checkHook("raw", "PREROUTING", packet, false, Stage.FILTER)
                && trace.checkHook("mangle", "PREROUTING", packet, false, Stage.FILTER);
    }

    private boolean passesForward(Packet packet) {
        return trace.checkHook("mangle", "FORWARD", packet, false, Stage.FILTER)
                && trace.checkHook("filter", "FORWARD", packet, true, Stage.FILTER, locationsOf(packet))
                && trace.checkHook("mangle", "POSTROUTING", packet, false, Stage.FILTER);
    }

    /// With a strict reverse path filter a link accepts only packets whose answer would leave through
    /// it.
    private boolean passesReversePathFilter(InetAddress source, String in) {
        if (Family.of(source) == Family.IPV4
                && forwarding.strict().contains(in)
                && !RouteLookup.device(source, host).equals(in)) {
            return trace.fail(
                    Stage.ROUTE,
                    Message.of("strict", Addresses.format(source), in),
                    Message.verbatim("rp_filter = 1"),
                    Message.of("strict.why"),
                    new Remedy.ByHand(Message.of("strict.remedy", in)),
                    new Location.OfHost());
        }
        return true;
    }

    /// @return null when the destination is unknown
    private @Nullable Packet applyDnat(Packet packet, String hook) {
        HookVerdict verdict = trace.evaluate("nat", hook, packet);
        KernelRule rule = verdict.decidingRule();
        if (verdict.kind() == HookVerdict.Kind.ACCEPTED || verdict.kind() == HookVerdict.Kind.SNAT) {
            return packet;
        }
        NatTarget to = verdict.kind() == HookVerdict.Kind.DNAT
                ? NatTarget.of(verdict.natArgument(), packet.destinationPort())
                : null;
        if (to == null || rule == null) {
            trace.add(
                    Stage.TRANSLATION,
                    verdict.kind() == HookVerdict.Kind.DROPPED ? Status.FAILS : Status.UNKNOWN,
                    HookText.title("nat", hook, packet),
                    HookText.detail(verdict, hook),
                    verdict,
                    "");
            return null;
        }
        trace.ok(
                Stage.CHAIN,
                Message.verbatim("nat " + HookText.chains(hook, verdict)),
                Message.verbatim("dst-type LOCAL"),
                new Location.OfHost());
        trace.add(
                Stage.TRANSLATION,
                Status.OK,
                Message.of("dnat", Addresses.formatSocket(to.address(), to.port())),
                Message.of("dnat.rule", rule.number(), HookText.packetCount(rule)),
                verdict,
                "",
                new Location.OfHost());
        return packet.withDestination(to.address(), to.port());
    }

    private void postRouting(Packet packet, PacketOrigin origin) {
        HookVerdict verdict = trace.evaluate("nat", "POSTROUTING", packet);
        Packet sent = packet;
        switch (verdict.kind()) {
            case ACCEPTED, DNAT, DROPPED, REJECTED -> {}
            case UNKNOWN -> {
                trace.add(
                        Stage.MASQUERADE,
                        Status.UNKNOWN,
                        HookText.title("nat", "POSTROUTING", packet),
                        HookText.detail(verdict, "POSTROUTING"),
                        verdict,
                        "");
                return;
            }
            case SNAT, MASQUERADED -> {
                InetAddress as = verdict.kind() == HookVerdict.Kind.MASQUERADED
                        ? RouteLookup.source(packet.destination(), host)
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
                        "",
                        new Location.OfHost());
                sent = packet.withSource(as);
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
        new Delivery(trace).deliver(packet, sent, origin);
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
