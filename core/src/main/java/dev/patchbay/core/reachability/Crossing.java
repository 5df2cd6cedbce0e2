package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Phrase;
import dev.patchbay.core.packet.Packet;
import dev.patchbay.core.packet.Translation;
import dev.patchbay.core.packet.Verdict;
import dev.patchbay.core.reachability.Hop.Mark;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.engine.kernel.ForwardingSettings;
import dev.patchbay.engine.kernel.KernelRule;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.protocol.Reply.NetnsState;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// The packet on the host, hook by hook in the order in which the kernel has them.
final class Crossing {
    private final Journey journey;
    private final Party from;
    private final NetnsState host;
    private final ForwardingSettings passage;

    Crossing(Journey journey, Party from) {
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
                    Phrase.of("bridge.stays", bridge),
                    Phrase.of("bridge.unseen"),
                    new Spot.OfNetwork(network.id()));
        } else if (!before(packet.through(bridge, ""))
                || isRewritten(packet.through(bridge, ""))
                || !forward(crossing)
                || isDisguised(crossing)) {
            return;
        }
        new Arrival(journey).at(packet, crossing, new Origin(from, packet.source(), bridge, true));
    }

    /// Nothing of ours translates what is for a neighbour; if somebody's rule does, where it goes is their affair.
    private boolean isRewritten(Packet packet) {
        return isUnusual("PREROUTING", packet, journey.ask("nat", "PREROUTING", packet));
    }

    private boolean isDisguised(Packet packet) {
        return isUnusual("POSTROUTING", packet, journey.ask("nat", "POSTROUTING", packet));
    }

    private boolean isUnusual(String hook, Packet packet, Verdict verdict) {
        if (verdict.kind() == Verdict.Kind.ACCEPTED) {
            return false;
        }
        journey.add(
                Stage.TRANSLATION,
                Mark.UNKNOWN,
                HookWords.title("nat", hook, packet),
                HookWords.detail(verdict, hook),
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
        Origin origin = new Origin(from, packet.source(), packet.in(), false);
        InetAddress to = translated.destination();
        if (journey.isHosts(to)) {
            if (to.isLoopbackAddress() && !passage.localnet().contains(packet.in())) {
                journey.fails(
                        Stage.ROUTE,
                        Phrase.of("route.noLoopback", Addresses.format(to)),
                        Phrase.of("hook.dropped"),
                        Phrase.of("route.noLoopback.why"),
                        null,
                        new Spot.OfHost());
            } else if (journey.passes("mangle", "INPUT", translated, false, Stage.FILTER, new Spot.OfHost())
                    && journey.passes("filter", "INPUT", translated, true, Stage.FILTER, new Spot.OfHost())) {
                new Arrival(journey).onHost(translated, origin);
            }
            return;
        }
        String out = Routing.device(to, host);
        if (out.isEmpty()) {
            journey.fails(
                    Stage.ROUTE,
                    Phrase.of("route.none", Addresses.format(to)),
                    Phrase.of("noRoute"),
                    Phrase.of("route.none.why"),
                    null,
                    new Spot.OfHost());
            return;
        }
        if (packet.family() == Family.IPV4 ? !passage.forwards() : !passage.forwards6()) {
            String key = packet.family() == Family.IPV4 ? "net.ipv4.ip_forward" : "net.ipv6.conf.all.forwarding";
            journey.fails(
                    Stage.ROUTE,
                    Phrase.of("route.noForwarding", out),
                    Phrase.verbatim(key + " = 0"),
                    Phrase.of("route.noForwarding.why"),
                    new Remedy.ByHand(Phrase.of("route.noForwarding.remedy", key)),
                    new Spot.OfHost());
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
                || !journey.passes("filter", "OUTPUT", translated, false, Stage.FILTER, new Spot.OfHost())) {
            return;
        }
        Origin origin = new Origin(from, packet.source(), "", false);
        InetAddress to = translated.destination();
        if (journey.isHosts(to)) {
            Packet looped = translated.through("lo", "");
            if (journey.passes("raw", "PREROUTING", looped, false, Stage.FILTER)
                    && journey.passes("mangle", "INPUT", looped, false, Stage.FILTER)
                    && journey.passes("filter", "INPUT", looped, false, Stage.FILTER, new Spot.OfHost())) {
                new Arrival(journey).onHost(looped, origin);
            }
            return;
        }
        String out = Routing.device(to, host);
        if (packet.source().isLoopbackAddress() && !passage.localnet().contains(out)) {
            journey.fails(
                    Stage.ROUTE,
                    Phrase.of("route.noLocalnet", Addresses.format(packet.source()), out),
                    Phrase.of("route.noLocalnet.setting"),
                    Phrase.of("route.noLocalnet.why"),
                    Remedies.repair(),
                    new Spot.OfHost());
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
                && !Routing.device(source, host).equals(in)) {
            return journey.fails(
                    Stage.ROUTE,
                    Phrase.of("strict", Addresses.format(source), in),
                    Phrase.verbatim("rp_filter = 1"),
                    Phrase.of("strict.why"),
                    new Remedy.ByHand(Phrase.of("strict.remedy", in)),
                    new Spot.OfHost());
        }
        return true;
    }

    /// @return null when it cannot be said where the packet goes
    private @Nullable Packet translated(Packet packet, String hook) {
        Verdict verdict = journey.ask("nat", hook, packet);
        KernelRule rule = verdict.decider();
        if (verdict.kind() == Verdict.Kind.ACCEPTED || verdict.kind() == Verdict.Kind.DISGUISED) {
            return packet;
        }
        Translation to = verdict.kind() == Verdict.Kind.TRANSLATED
                ? Translation.of(verdict.to(), packet.destinationPort())
                : null;
        if (to == null || rule == null) {
            journey.add(
                    Stage.TRANSLATION,
                    verdict.kind() == Verdict.Kind.DROPPED ? Mark.FAILS : Mark.UNKNOWN,
                    HookWords.title("nat", hook, packet),
                    HookWords.detail(verdict, hook),
                    verdict,
                    "");
            return null;
        }
        journey.ok(
                Stage.CHAIN,
                Phrase.verbatim("nat " + HookWords.chains(hook, verdict)),
                Phrase.verbatim("dst-type LOCAL"),
                new Spot.OfHost());
        journey.add(
                Stage.TRANSLATION,
                Mark.OK,
                Phrase.of("dnat", Addresses.formatSocket(to.address(), to.port())),
                Phrase.of("dnat.rule", rule.number(), HookWords.packets(rule)),
                verdict,
                "",
                new Spot.OfHost());
        return packet.rewrittenTo(to.address(), to.port());
    }

    private void after(Packet packet, Origin origin) {
        Verdict verdict = journey.ask("nat", "POSTROUTING", packet);
        Packet sent = packet;
        switch (verdict.kind()) {
            case ACCEPTED, TRANSLATED, DROPPED, REJECTED -> {}
            case UNKNOWN -> {
                journey.add(
                        Stage.MASQUERADE,
                        Mark.UNKNOWN,
                        HookWords.title("nat", "POSTROUTING", packet),
                        HookWords.detail(verdict, "POSTROUTING"),
                        verdict,
                        "");
                return;
            }
            case DISGUISED, MASQUERADED -> {
                InetAddress as = verdict.kind() == Verdict.Kind.MASQUERADED
                        ? Routing.source(packet.destination(), host)
                        : address(verdict);
                if (as == null) {
                    journey.unknown(Stage.MASQUERADE, leaving(packet), Phrase.NONE);
                    return;
                }
                journey.add(
                        Stage.MASQUERADE,
                        Mark.OK,
                        Phrase.of("masqueraded", Addresses.format(as)),
                        verdict.decider() == null ? Phrase.NONE : HookWords.place(verdict.decider()),
                        verdict,
                        "",
                        new Spot.OfHost());
                sent = packet.sentAs(as);
            }
        }
        if (sent.source().isLoopbackAddress()) {
            journey.fails(
                    Stage.MASQUERADE,
                    leaving(packet),
                    Phrase.of("notMasqueraded"),
                    Phrase.of("notMasqueraded.why"),
                    Remedies.repair(),
                    new Spot.OfHost());
            return;
        }
        new Arrival(journey).at(packet, sent, origin);
    }

    private static Phrase leaving(Packet packet) {
        return Phrase.verbatim("POSTROUTING → " + packet.out());
    }

    private static @Nullable InetAddress address(Verdict verdict) {
        Translation to = Translation.of(verdict.to(), 0);
        return to == null ? null : to.address();
    }

    private boolean filtersBridged() {
        return journey.question().family() == Family.IPV4 ? passage.filtersBridged() : passage.filtersBridged6();
    }

    private Spot[] spotsOf(Packet packet) {
        String link = packet.out();
        Spot leaving = journey.topology().networks().stream()
                .filter(network -> network.bridge().equals(link))
                .map(network -> (Spot) new Spot.OfNetwork(network.id()))
                .findFirst()
                .orElse(new Spot.OfLink(link));
        return packet.in().equals(link) ? new Spot[] {leaving} : new Spot[] {new Spot.OfHost(), leaving};
    }
}
