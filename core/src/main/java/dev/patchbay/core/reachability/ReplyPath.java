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
import dev.patchbay.core.reachability.RouteLookup.RouteDecision;
import dev.patchbay.core.reachability.RouteLookup.RouteKey;
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
        Route route = RouteLookup.lookup(RouteKey.of(packet.toReply()), netnsState);
        switch (route) {
            case Route.Local() -> reportReply();
            case Route.Unknown _ -> trace.reportNoRoute(route, back, Stage.REPLY);
            case Route.None(RouteDecision decision) ->
                trace.fail(
                        Stage.REPLY,
                        Message.of("back.containerNone", peer.name(), Addresses.format(back)),
                        decision.isEmpty() ? Message.of("noRoute") : Message.verbatim(decision.text()),
                        Message.of("back.containerNone.why"),
                        new RemedyFinder(trace).connectToOutside(peer.container()),
                        new Location.OfContainer(peer.container().id()));
            case Route.Via(String device, InetAddress gateway, RouteDecision _) -> {
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
        Packet answer = packet.toReply();
        Route route = RouteLookup.lookup(RouteKey.of(answer), host);
        if (!trace.reportNoRoute(route, packet.source(), Stage.REPLY)) {
            return;
        }
        Packet sent = passAll(answer.withLinks("", RouteLookup.device(route)), OUTPUT);
        if (sent == null || !returns(sent.out())) {
            return;
        }
        sent = passAll(sent, POSTROUTING);
        boolean loops = sent != null && sent.out().equals("lo");
        if (sent != null && trace.isBridge(sent.out())) {
            sent = trace.filterBridged(Stage.REPLY, sent, null, sent.destination(), OUTPUT, POSTROUTING);
        }
        if (sent != null && (!loops || passAll(sent.withLinks("lo", ""), PREROUTING, INPUT) != null)) {
            reportReply();
        }
    }

    void fromOutside(Packet packet, @Nullable NetnsState outside) {
        InetAddress back = packet.source();
        boolean known = outside == null
                ? trace.isHostAddress(back)
                : !RouteLookup.device(RouteLookup.lookup(RouteKey.of(packet.toReply()), outside))
                        .isEmpty();
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
        Packet answer = trace.filterBridged(
                Stage.REPLY,
                packet.toReply().withLinks(bridge, bridge),
                packet.destination(),
                packet.source(),
                PREROUTING,
                FORWARD,
                POSTROUTING);
        if (answer == null) {
            return;
        }
        if (seen) {
            Packet received = passAll(answer.withLinks(bridge, ""), PREROUTING);
            Packet forwarded = received == null ? null : passAll(received.withLinks(bridge, bridge), FORWARD);
            // The kernel calls this hook of a bridged packet without an incoming link.
            if (forwarded != null && passAll(forwarded.withLinks("", bridge), POSTROUTING) != null) {
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
        if (trace.isBridge(in)) {
            answer = trace.filterBridged(Stage.REPLY, answer, answer.source(), null, PREROUTING, INPUT);
            if (answer == null) {
                return;
            }
        }
        Packet tracked = trace.filterReply(PREROUTING, Phase.BEFORE_NAT, answer);
        Packet back = tracked == null
                ? null
                : trace.filterReply(PREROUTING, Phase.AFTER_NAT, tracked.reverseSnat(origin.source()));
        if (back == null) {
            return;
        }
        Route route = RouteLookup.lookup(RouteKey.of(back), host);
        if (!trace.reportNoRoute(route, origin.source(), Stage.REPLY)
                || !new ReversePathFilter(trace).accepts(back, route, Stage.REPLY)) {
            return;
        }
        if (route instanceof Route.Local) {
            if (passAll(back, INPUT) != null) {
                reportReply();
            }
        } else {
            String out = RouteLookup.device(route);
            if (returns(out) && passesForward(back.withLinks(in, out))) {
                reportReply();
            }
        }
    }

    /// Whether an answer that leaves by this link gets back to the sender.
    private boolean returns(String out) {
        boolean container = origin.peer() instanceof Peer.InContainer;
        if (origin.link().isEmpty() || out.equals(origin.link()) || out.equals("lo")) {
            return true;
        }
        if (container || trace.dropsEverything(out)) {
            return trace.fail(
                    Stage.REPLY,
                    Message.of("back.shadowed", Addresses.format(origin.source()), out),
                    Message.verbatim(out),
                    Message.of("back.shadowed.why", origin.link()),
                    null,
                    new Location.OfHost());
        }
        trace.unknown(
                Stage.REPLY,
                Message.of("back.shadowed", Addresses.format(origin.source()), out),
                Message.of("plug.leaves.why"));
        return true;
    }

    private boolean passesForward(Packet answer) {
        Packet sent = passAll(answer, FORWARD, POSTROUTING);
        return sent != null
                && (!trace.isBridge(answer.out())
                        || trace.filterBridged(Stage.REPLY, sent, null, sent.destination(), OUTPUT, POSTROUTING)
                                != null);
    }

    /// Sends the answer through all chains of these hooks; chains that translate see first packets alone.
    private @Nullable Packet passAll(Packet answer, NetfilterHook... hooks) {
        Packet packet = answer;
        for (NetfilterHook hook : hooks) {
            for (Phase phase : Phase.values()) {
                if (packet != null && packet.dnat() && phase == Phase.AFTER_NAT && reversesDnat(hook)) {
                    packet = packet.reverseDnat();
                }
                packet = packet == null ? null : trace.filterReply(hook, phase, packet);
            }
        }
        return packet;
    }

    private static boolean reversesDnat(NetfilterHook hook) {
        return hook == POSTROUTING || hook == INPUT;
    }

    private void reportReply() {
        trace.ok(
                Stage.REPLY,
                Message.of("back"),
                origin.bridged() ? Message.of("back.sameWay") : Message.of("back.tracked"));
    }
}
