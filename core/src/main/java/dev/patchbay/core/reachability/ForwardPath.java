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
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.protocol.Reply.NetnsState;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// The packet on the host, hook by hook in the order in which the kernel has them.
final class ForwardPath {
    private final Trace journey;
    private final Peer from;
    private final NetnsState host;
    private final ForwardingSettings passage;

    ForwardPath(Trace journey, Peer from) {
        this.journey = journey;
        this.from = from;
        this.host = journey.readings().host();
        this.passage = host.passage();
    }

    /// It stays on one bridge: rules see it only where the kernel is told so.
    void bridged(Packet packet, Network network) {
        String bridge = network.bridge();
        Packet crossing = packet.through(bridge, bridge);
        if (!filtersBridged()) {
            journey.ok(
                    Stage.FILTER,
                    Message.of("bridge.stays", bridge),
                    Message.of("bridge.unseen"),
                    new Location.OfNetwork(network.id()));
        } else if (!before(packet.through(bridge, ""))
                || isRewritten(packet.through(bridge, ""))
                || !forward(crossing)
                || isDisguised(crossing)) {
            return;
        }
        new Delivery(journey).at(packet, crossing, new PacketOrigin(from, packet.source(), bridge, true));
    }

    /// Nothing of ours translates what is for a neighbour; if somebody's rule does, where it goes is their affair.
    private boolean isRewritten(Packet packet) {
        return isUnusual("PREROUTING", packet, journey.ask("nat", "PREROUTING", packet));
    }

    private boolean isDisguised(Packet packet) {
        return isUnusual("POSTROUTING", packet, journey.ask("nat", "POSTROUTING", packet));
    }

    private boolean isUnusual(String hook, Packet packet, HookVerdict verdict) {
        if (verdict.kind() == HookVerdict.Kind.ACCEPTED) {
            return false;
        }
        journey.add(
                Stage.TRANSLATION,
                Status.UNKNOWN,
                HookText.title("nat", hook, packet),
                HookText.detail(verdict, hook),
                verdict,
                "");
        return true;
    }

    /// It comes in by a link.
    void arrive(Packet packet) {
        if (!before(packet) || !isPlausible(packet.source(), packet.in())) {
            return;
        }
        Packet translated = translated(packet, "PREROUTING");
        if (translated == null) {
            return;
        }
        PacketOrigin origin = new PacketOrigin(from, packet.source(), packet.in(), false);
        InetAddress to = translated.destination();
        if (journey.isHosts(to)) {
            if (to.isLoopbackAddress() && !passage.localnet().contains(packet.in())) {
                journey.fails(
                        Stage.ROUTE,
                        Message.of("route.noLoopback", Addresses.format(to)),
                        Message.of("hook.dropped"),
                        Message.of("route.noLoopback.why"),
                        null,
                        new Location.OfHost());
            } else if (journey.passes("mangle", "INPUT", translated, false, Stage.FILTER, new Location.OfHost())
                    && journey.passes("filter", "INPUT", translated, true, Stage.FILTER, new Location.OfHost())) {
                new Delivery(journey).onHost(translated, origin);
            }
            return;
        }
        String out = RouteLookup.device(to, host);
        if (out.isEmpty()) {
            journey.fails(
                    Stage.ROUTE,
                    Message.of("route.none", Addresses.format(to)),
                    Message.of("noRoute"),
                    Message.of("route.none.why"),
                    null,
                    new Location.OfHost());
            return;
        }
        if (packet.family() == Family.IPV4 ? !passage.forwards() : !passage.forwards6()) {
            String key = packet.family() == Family.IPV4 ? "net.ipv4.ip_forward" : "net.ipv6.conf.all.forwarding";
            journey.fails(
                    Stage.ROUTE,
                    Message.of("route.noForwarding", out),
                    Message.verbatim(key + " = 0"),
                    Message.of("route.noForwarding.why"),
                    new Remedy.ByHand(Message.of("route.noForwarding.remedy", key)),
                    new Location.OfHost());
            return;
        }
        Packet crossing = translated.through(packet.in(), out);
        if (forward(crossing)) {
            after(crossing, origin);
        }
    }

    /// It is a packet of the host's own.
    ///
    /// @param packet with the link it would leave by before any translation
    void send(Packet packet) {
        if (!journey.passes("raw", "OUTPUT", packet, false, Stage.FILTER)
                || !journey.passes("mangle", "OUTPUT", packet, false, Stage.FILTER)) {
            return;
        }
        Packet translated = translated(packet, "OUTPUT");
        if (translated == null
                || !journey.passes("filter", "OUTPUT", translated, false, Stage.FILTER, new Location.OfHost())) {
            return;
        }
        PacketOrigin origin = new PacketOrigin(from, packet.source(), "", false);
        InetAddress to = translated.destination();
        if (journey.isHosts(to)) {
            Packet looped = translated.through("lo", "");
            if (journey.passes("raw", "PREROUTING", looped, false, Stage.FILTER)
                    && journey.passes("mangle", "INPUT", looped, false, Stage.FILTER)
                    && journey.passes("filter", "INPUT", looped, false, Stage.FILTER, new Location.OfHost())) {
                new Delivery(journey).onHost(looped, origin);
            }
            return;
        }
        String out = RouteLookup.device(to, host);
        if (packet.source().isLoopbackAddress() && !passage.localnet().contains(out)) {
            journey.fails(
                    Stage.ROUTE,
                    Message.of("route.noLocalnet", Addresses.format(packet.source()), out),
                    Message.of("route.noLocalnet.setting"),
                    Message.of("route.noLocalnet.why"),
                    RemedyFinder.repair(),
                    new Location.OfHost());
            return;
        }
        after(translated.through("", out), origin);
    }

    private boolean before(Packet packet) {
        return journey.passes("raw", "PREROUTING", packet, false, Stage.FILTER)
                && journey.passes("mangle", "PREROUTING", packet, false, Stage.FILTER);
    }

    private boolean forward(Packet packet) {
        return journey.passes("mangle", "FORWARD", packet, false, Stage.FILTER)
                && journey.passes("filter", "FORWARD", packet, true, Stage.FILTER, spotsOf(packet))
                && journey.passes("mangle", "POSTROUTING", packet, false, Stage.FILTER);
    }

    /// With strict filtering a link takes only what would be answered by it.
    private boolean isPlausible(InetAddress source, String in) {
        if (Family.of(source) == Family.IPV4
                && passage.strict().contains(in)
                && !RouteLookup.device(source, host).equals(in)) {
            return journey.fails(
                    Stage.ROUTE,
                    Message.of("strict", Addresses.format(source), in),
                    Message.verbatim("rp_filter = 1"),
                    Message.of("strict.why"),
                    new Remedy.ByHand(Message.of("strict.remedy", in)),
                    new Location.OfHost());
        }
        return true;
    }

    /// @return null when it cannot be said where the packet goes
    private @Nullable Packet translated(Packet packet, String hook) {
        HookVerdict verdict = journey.ask("nat", hook, packet);
        KernelRule rule = verdict.decider();
        if (verdict.kind() == HookVerdict.Kind.ACCEPTED || verdict.kind() == HookVerdict.Kind.DISGUISED) {
            return packet;
        }
        NatTarget to = verdict.kind() == HookVerdict.Kind.TRANSLATED
                ? NatTarget.of(verdict.to(), packet.destinationPort())
                : null;
        if (to == null || rule == null) {
            journey.add(
                    Stage.TRANSLATION,
                    verdict.kind() == HookVerdict.Kind.DROPPED ? Status.FAILS : Status.UNKNOWN,
                    HookText.title("nat", hook, packet),
                    HookText.detail(verdict, hook),
                    verdict,
                    "");
            return null;
        }
        journey.ok(
                Stage.CHAIN,
                Message.verbatim("nat " + HookText.chains(hook, verdict)),
                Message.verbatim("dst-type LOCAL"),
                new Location.OfHost());
        journey.add(
                Stage.TRANSLATION,
                Status.OK,
                Message.of("dnat", Addresses.formatSocket(to.address(), to.port())),
                Message.of("dnat.rule", rule.number(), HookText.packets(rule)),
                verdict,
                "",
                new Location.OfHost());
        return packet.rewrittenTo(to.address(), to.port());
    }

    private void after(Packet packet, PacketOrigin origin) {
        HookVerdict verdict = journey.ask("nat", "POSTROUTING", packet);
        Packet sent = packet;
        switch (verdict.kind()) {
            case ACCEPTED, TRANSLATED, DROPPED, REJECTED -> {}
            case UNKNOWN -> {
                journey.add(
                        Stage.MASQUERADE,
                        Status.UNKNOWN,
                        HookText.title("nat", "POSTROUTING", packet),
                        HookText.detail(verdict, "POSTROUTING"),
                        verdict,
                        "");
                return;
            }
            case DISGUISED, MASQUERADED -> {
                InetAddress as = verdict.kind() == HookVerdict.Kind.MASQUERADED
                        ? RouteLookup.source(packet.destination(), host)
                        : address(verdict);
                if (as == null) {
                    journey.unknown(Stage.MASQUERADE, leaving(packet), Message.NONE);
                    return;
                }
                journey.add(
                        Stage.MASQUERADE,
                        Status.OK,
                        Message.of("masqueraded", Addresses.format(as)),
                        verdict.decider() == null ? Message.NONE : HookText.place(verdict.decider()),
                        verdict,
                        "",
                        new Location.OfHost());
                sent = packet.sentAs(as);
            }
        }
        if (sent.source().isLoopbackAddress()) {
            journey.fails(
                    Stage.MASQUERADE,
                    leaving(packet),
                    Message.of("notMasqueraded"),
                    Message.of("notMasqueraded.why"),
                    RemedyFinder.repair(),
                    new Location.OfHost());
            return;
        }
        new Delivery(journey).at(packet, sent, origin);
    }

    private static Message leaving(Packet packet) {
        return Message.verbatim("POSTROUTING → " + packet.out());
    }

    private static @Nullable InetAddress address(HookVerdict verdict) {
        NatTarget to = NatTarget.of(verdict.to(), 0);
        return to == null ? null : to.address();
    }

    private boolean filtersBridged() {
        return journey.question().family() == Family.IPV4 ? passage.filtersBridged() : passage.filtersBridged6();
    }

    private Location[] spotsOf(Packet packet) {
        String link = packet.out();
        Location leaving = journey.topology().networks().stream()
                .filter(network -> network.bridge().equals(link))
                .map(network -> (Location) new Location.OfNetwork(network.id()))
                .findFirst()
                .orElse(new Location.OfLink(link));
        return packet.in().equals(link) ? new Location[] {leaving} : new Location[] {new Location.OfHost(), leaving};
    }
}
