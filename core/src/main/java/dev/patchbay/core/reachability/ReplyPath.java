package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Message;
import dev.patchbay.core.packet.HookVerdict;
import dev.patchbay.core.packet.Packet;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.core.reachability.Hop.Status;
import dev.patchbay.core.reachability.Peer.AttachedEndpoint;
import dev.patchbay.core.reachability.RouteLookup.Route;
import dev.patchbay.engine.kernel.ForwardingSettings;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.protocol.Reply.NetnsState;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// The first answer: it needs a route, rules that let it pass, and what was rewritten must be put back on the way.
final class ReplyPath {
    private final Trace journey;
    private final PacketOrigin origin;
    private final NetnsState host;

    ReplyPath(Trace journey, PacketOrigin origin) {
        this.journey = journey;
        this.origin = origin;
        this.host = journey.readings().host();
    }

    void fromContainer(Packet packet, Peer.InContainer party, NetnsState sight) {
        InetAddress back = packet.source();
        switch (RouteLookup.to(back, sight)) {
            case Route.Local() -> fine();
            case Route.None() ->
                journey.fails(
                        Stage.BACK,
                        Message.of("back.containerNone", party.name(), Addresses.format(back)),
                        Message.of("noRoute"),
                        Message.of("back.containerNone.why"),
                        new RemedyFinder(journey).wayOut(party.asked()),
                        new Location.OfContainer(party.asked().id()));
            case Route.Via(String device, InetAddress gateway) -> {
                AttachedEndpoint plug = AttachedEndpoint.by(device, party, journey.topology());
                if (plug == null) {
                    journey.unknown(Stage.BACK, Message.of("back.by", device), Message.of("link.unknown"));
                } else if (gateway == null && !journey.isHosts(back)) {
                    bridged(packet, plug.network().bridge());
                } else {
                    arrive(packet, plug.network().bridge());
                }
            }
        }
    }

    void fromHost(Packet packet) {
        String out = RouteLookup.device(origin.source(), host);
        Packet answer = packet.answered().through("", out);
        if (out.isEmpty()) {
            noRoute(origin.source());
        } else if (passes("raw", "OUTPUT", answer)
                && passes("mangle", "OUTPUT", answer)
                && passes("filter", "OUTPUT", answer)
                && (!out.equals("lo") || passes("filter", "INPUT", answer.through("lo", "")))) {
            fine();
        }
    }

    void fromOutside(Packet packet, @Nullable NetnsState outside) {
        InetAddress back = packet.source();
        boolean known = outside == null
                ? journey.isHosts(back)
                : !RouteLookup.device(back, outside).isEmpty();
        if (known) {
            arrive(packet, packet.out());
        } else if (outside == null) {
            journey.unknown(
                    Stage.BACK, Message.of("back.outsideTo", Addresses.format(back)), Message.of("back.outsideTo.why"));
        } else {
            journey.fails(
                    Stage.BACK,
                    Message.of("back.outsideNone", Addresses.format(back)),
                    Message.of("notMasqueraded"),
                    Message.of("back.outsideNone.why"),
                    new Remedy.ByHand(Message.of("back.outsideNone.remedy")));
        }
    }

    /// From one plug to another of the same bridge.
    private void bridged(Packet packet, String bridge) {
        ForwardingSettings passage = host.passage();
        boolean seen =
                journey.question().family() == Family.IPV4 ? passage.filtersBridged() : passage.filtersBridged6();
        Packet answer = packet.answered().through(bridge, bridge);
        if (seen) {
            if (passes("raw", "PREROUTING", answer.through(bridge, "")) && forwards(answer)) {
                fine();
            }
        } else if (packet.translated()) {
            journey.fails(
                    Stage.BACK,
                    Message.of("back.bridged"),
                    Message.verbatim(bridge),
                    Message.of("back.bridged.why"),
                    new Remedy.ByHand(Message.of("back.bridged.remedy")));
        } else {
            fine();
        }
    }

    /// On the host, which puts back what it rewrote.
    private void arrive(Packet packet, String in) {
        Packet answer = packet.answered().through(in, "");
        if (!passes("raw", "PREROUTING", answer) || !isPlausible(answer.source(), in)) {
            return;
        }
        Packet back = answer.addressedTo(origin.source());
        if (!passes("mangle", "PREROUTING", back)) {
            return;
        }
        if (journey.isHosts(origin.source())) {
            if (passes("mangle", "INPUT", back) && passes("filter", "INPUT", back)) {
                fine();
            }
            return;
        }
        String out = RouteLookup.device(origin.source(), host);
        if (out.isEmpty()) {
            noRoute(origin.source());
        } else if (forwards(back.through(in, out))) {
            fine();
        }
    }

    private boolean isPlausible(InetAddress source, String in) {
        String expected = RouteLookup.device(source, host);
        if (Family.of(source) == Family.IPV4 && host.passage().strict().contains(in) && !expected.equals(in)) {
            return journey.fails(
                    Stage.BACK,
                    Message.of("back.strict", Addresses.format(source), in),
                    Message.verbatim("rp_filter = 1"),
                    Message.of("back.strict.why"),
                    new Remedy.ByHand(Message.of("strict.remedy", in)));
        }
        return true;
    }

    private boolean forwards(Packet answer) {
        return passes("mangle", "FORWARD", answer)
                && passes("filter", "FORWARD", answer)
                && passes("mangle", "POSTROUTING", answer);
    }

    private boolean passes(String table, String hook, Packet answer) {
        HookVerdict verdict = journey.ask(table, hook, answer);
        Message title = Message.of("back.hook", HookText.title(table, hook, answer));
        return switch (verdict.kind()) {
            case ACCEPTED, TRANSLATED, DISGUISED, MASQUERADED -> true;
            case UNKNOWN -> {
                journey.add(Stage.BACK, Status.UNKNOWN, title, HookText.detail(verdict, hook), verdict, "");
                yield true;
            }
            case DROPPED, REJECTED -> {
                journey.stopped(Stage.BACK, title, table, hook, answer, verdict);
                yield false;
            }
        };
    }

    private void noRoute(InetAddress to) {
        journey.fails(
                Stage.BACK,
                Message.of("back.none", Addresses.format(to)),
                Message.of("noRoute"),
                Message.of("back.none.why"),
                null,
                new Location.OfHost());
    }

    private void fine() {
        journey.ok(
                Stage.BACK,
                Message.of("back"),
                origin.bridged() ? Message.of("back.sameWay") : Message.of("back.tracked"));
    }
}
