package dev.patchbay.core.reachability;

import static dev.patchbay.core.packet.NetfilterHook.FORWARD;
import static dev.patchbay.core.packet.NetfilterHook.INPUT;
import static dev.patchbay.core.packet.NetfilterHook.OUTPUT;
import static dev.patchbay.core.packet.NetfilterHook.POSTROUTING;
import static dev.patchbay.core.packet.NetfilterHook.PREROUTING;

import dev.patchbay.core.model.Message;
import dev.patchbay.core.packet.NetfilterHook;
import dev.patchbay.core.packet.Packet;
import dev.patchbay.core.packet.RuleTables.Phase;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.core.reachability.Peer.AttachedEndpoint;
import dev.patchbay.core.reachability.RouteLookup.Route;
import dev.patchbay.engine.kernel.ForwardingSettings;
import dev.patchbay.engine.kernel.NetnsState;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Family;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// The path of the first answer: it needs a route, rules that accept it, and the reverse translations.
final class ReplyPath {
    private final Trace trace;
    private final PacketOrigin origin;
    private final NetnsState host;

    ReplyPath(Trace trace, PacketOrigin origin) {
        this.trace = trace;
        this.origin = origin;
        this.host = trace.inputs().host();
    }

    void fromContainer(Packet packet, Peer.InContainer peer, NetnsState netnsState) {
        InetAddress back = packet.source();
        switch (RouteLookup.lookup(back, netnsState)) {
            case Route.Local() -> reportReply();
            case Route.None() ->
                trace.fail(
                        Stage.REPLY,
                        Message.of("back.containerNone", peer.name(), Addresses.format(back)),
                        Message.of("noRoute"),
                        Message.of("back.containerNone.why"),
                        new RemedyFinder(trace).connectToOutside(peer.container()),
                        new Location.OfContainer(peer.container().id()));
            case Route.Via(String device, InetAddress gateway) -> {
                AttachedEndpoint plug = AttachedEndpoint.withInterface(device, peer, trace.topology());
                if (plug == null) {
                    trace.unknown(Stage.REPLY, Message.of("back.by", device), Message.of("link.unknown"));
                } else if (gateway == null && !trace.isHostAddress(back)) {
                    bridge(packet, plug.network().bridge());
                } else {
                    receive(packet, plug.network().bridge());
                }
            }
        }
    }

    void fromHost(Packet packet) {
        String out = RouteLookup.device(origin.source(), host);
        Packet answer = packet.toReply().withLinks("", out);
        if (out.isEmpty()) {
            noRoute(origin.source());
            return;
        }
        Packet sent = passAll(answer, OUTPUT, POSTROUTING);
        if (sent != null && (!out.equals("lo") || passAll(sent.withLinks("lo", ""), PREROUTING, INPUT) != null)) {
            reportReply();
        }
    }

    void fromOutside(Packet packet, @Nullable NetnsState outside) {
        InetAddress back = packet.source();
        boolean known = outside == null
                ? trace.isHostAddress(back)
                : !RouteLookup.device(back, outside).isEmpty();
        if (known) {
            receive(packet, packet.out());
        } else if (outside == null) {
            trace.unknown(
                    Stage.REPLY,
                    Message.of("back.outsideTo", Addresses.format(back)),
                    Message.of("back.outsideTo.why"));
        } else {
            trace.fail(
                    Stage.REPLY,
                    Message.of("back.outsideNone", Addresses.format(back)),
                    Message.of("notMasqueraded"),
                    Message.of("back.outsideNone.why"),
                    new Remedy.ByHand(Message.of("back.outsideNone.remedy")));
        }
    }

    /// From one endpoint to another on the same bridge.
    private void bridge(Packet packet, String bridge) {
        ForwardingSettings settings = host.forwarding();
        boolean seen =
                trace.question().family() == Family.IPV4 ? settings.filtersBridged() : settings.filtersBridged6();
        Packet answer = packet.toReply().withLinks(bridge, bridge);
        if (seen) {
            Packet received = passAll(answer.withLinks(bridge, ""), PREROUTING);
            if (received != null && passesForward(received.withLinks(bridge, bridge))) {
                reportReply();
            }
        } else if (packet.dnat()) {
            trace.fail(
                    Stage.REPLY,
                    Message.of("back.bridged"),
                    Message.verbatim(bridge),
                    Message.of("back.bridged.why"),
                    new Remedy.ByHand(Message.of("back.bridged.remedy")));
        } else {
            reportReply();
        }
    }

    /// On the host, which reverses its translations.
    private void receive(Packet packet, String in) {
        Packet answer = packet.toReply().withLinks(in, "");
        Packet tracked = trace.filterReply(PREROUTING, Phase.BEFORE_NAT, answer);
        if (tracked == null || !passesReversePathFilter(answer.source(), in)) {
            return;
        }
        Packet back = trace.filterReply(PREROUTING, Phase.AFTER_NAT, tracked.reverseSnat(origin.source()));
        if (back == null) {
            return;
        }
        if (trace.isHostAddress(origin.source())) {
            if (passAll(back, INPUT) != null) {
                reportReply();
            }
            return;
        }
        String out = RouteLookup.device(origin.source(), host);
        if (out.isEmpty()) {
            noRoute(origin.source());
        } else if (passesForward(back.withLinks(in, out))) {
            reportReply();
        }
    }

    private boolean passesReversePathFilter(InetAddress source, String in) {
        String expected = RouteLookup.device(source, host);
        if (Family.of(source) == Family.IPV4 && host.forwarding().strict().contains(in) && !expected.equals(in)) {
            return trace.fail(
                    Stage.REPLY,
                    Message.of("back.strict", Addresses.format(source), in),
                    Message.verbatim("rp_filter = 1"),
                    Message.of("back.strict.why"),
                    new Remedy.ByHand(Message.of("strict.remedy", in)));
        }
        return true;
    }

    private boolean passesForward(Packet answer) {
        return passAll(answer, FORWARD, POSTROUTING) != null;
    }

    /// Sends the answer through all chains of these hooks; chains that translate see first packets alone.
    private @Nullable Packet passAll(Packet answer, NetfilterHook... hooks) {
        Packet packet = answer;
        for (NetfilterHook hook : hooks) {
            for (Phase phase : Phase.values()) {
                packet = packet == null ? null : trace.filterReply(hook, phase, packet);
            }
        }
        return packet;
    }

    private void noRoute(InetAddress to) {
        trace.fail(
                Stage.REPLY,
                Message.of("back.none", Addresses.format(to)),
                Message.of("noRoute"),
                Message.of("back.none.why"),
                null,
                new Location.OfHost());
    }

    private void reportReply() {
        trace.ok(
                Stage.REPLY,
                Message.of("back"),
                origin.bridged() ? Message.of("back.sameWay") : Message.of("back.tracked"));
    }
}
