package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Host;
import dev.patchbay.core.model.Message;
import dev.patchbay.core.packet.Packet;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.core.reachability.Peer.AttachedEndpoint;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.protocol.Reply.NetnsState;
import dev.patchbay.engine.spec.Driver;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;

/// The end of the way: a plug, and somebody who listens.
final class Delivery {
    private static final Message OUTSIDE = Message.of("outsideWorld");

    private final Trace journey;

    Delivery(Trace journey) {
        this.journey = journey;
    }

    /// @param crossed the packet as it left the last hook, with the link it leaves by
    /// @param sent as its receiver sees it
    void at(Packet crossed, Packet sent, PacketOrigin origin) {
        String out = sent.out();
        AttachedEndpoint plug = AttachedEndpoint.at(sent.destination(), journey.topology());
        boolean ours = journey.topology().networks().stream()
                .anyMatch(network ->
                        network.bridge().equals(out) && network.driver().is(Driver.BRIDGE));
        if (plug != null && plug.network().bridge().equals(out)) {
            inContainer(plug, sent, origin);
        } else if (ours) {
            journey.fails(
                    Stage.PLUG,
                    Message.of("plug.nobody", Addresses.format(crossed.destination())),
                    Message.verbatim(out),
                    Message.of("plug.nobody.why"),
                    null,
                    new Location.OfHost());
        } else if (isUplink(out)) {
            outside(sent, origin);
        } else {
            journey.unknown(Stage.PLUG, Message.of("plug.leaves", out), Message.of("plug.leaves.why"));
        }
    }

    private boolean isUplink(String link) {
        return journey.topology().host().interfaces().stream()
                .map(Host.Interface::name)
                .anyMatch(link::equals);
    }

    /// Whether the kernel has the plug where it should be.
    boolean isPlugged(AttachedEndpoint plug) {
        if (plug.endpoint().attached() && plug.network().bridgeUp()) {
            return true;
        }
        return journey.fails(
                Stage.PLUG,
                Message.of("plug.out", plug.container().name(), plug.network().name()),
                plug.network().bridgeUp() ? Message.of("plug.noVeth") : Message.of("plug.bridgeDown"),
                Message.of("plug.out.why"),
                RemedyFinder.repair(),
                plug.spots());
    }

    private void inContainer(AttachedEndpoint plug, Packet packet, PacketOrigin origin) {
        NetnsState sight = journey.readings().sandboxes().get(plug.container().id());
        if (!plug.container().running()) {
            journey.fails(
                    Stage.END,
                    Message.of("end.stopped", plug.container().name()),
                    Message.of("stopped"),
                    Message.NONE,
                    RemedyFinder.start(plug.container()),
                    plug.spots());
            return;
        }
        if (!isPlugged(plug)) {
            return;
        }
        journey.ok(
                Stage.PLUG,
                Message.verbatim(
                        plug.network().name() + " → " + plug.container().name()),
                Message.of(
                        "plug.interface",
                        plug.endpoint().interfaceName(),
                        plug.container().name()),
                plug.spots());
        Location at = new Location.OfContainer(plug.container().id());
        if (sight == null) {
            journey.unknown(
                    Stage.LISTENER,
                    Message.of("end.dark", plug.container().name()),
                    Message.of("listener.dark.why"),
                    at);
        } else if (listens(packet, Message.verbatim(plug.container().name()), sight, at)) {
            new ReplyPath(journey, origin)
                    .fromContainer(packet, new Peer.InContainer(plug.container(), plug.container(), sight), sight);
        }
    }

    void onHost(Packet packet, PacketOrigin origin) {
        if (listens(packet, Message.of("host"), journey.readings().host(), new Location.OfHost())) {
            new ReplyPath(journey, origin).fromHost(packet);
        }
    }

    private void outside(Packet packet, PacketOrigin origin) {
        NetnsState sight = journey.readings().outside();
        Location at = new Location.OfLink(packet.out());
        journey.ok(
                Stage.PLUG,
                Message.of("plug.leaves", packet.out()),
                Message.of("plug.leavesTo", Addresses.format(packet.destination())),
                at);
        if (sight == null || !RouteLookup.addresses(sight).contains(packet.destination())) {
            if (packet.protocol() != null) {
                journey.unknown(
                        Stage.LISTENER,
                        Message.of("listener", OUTSIDE, journey.question().service()),
                        Message.of("listener.outside.why"),
                        at);
            }
        } else if (!listens(packet, OUTSIDE, sight, at)) {
            return;
        }
        new ReplyPath(journey, origin).fromOutside(packet, sight);
    }

    /// Whether somebody takes the packet.
    boolean listens(Packet packet, Message who, NetnsState sight, Location at) {
        Protocol protocol = packet.protocol();
        if (protocol == null) {
            return journey.ok(Stage.LISTENER, Message.of("listener.echo", who), Message.of("listener.echo.how"), at);
        }
        String service = packet.destinationPort() + "/" + protocol;
        if (protocol == Protocol.SCTP) {
            journey.unknown(Stage.LISTENER, Message.of("listener", who, service), Message.of("listener.sctp.why"), at);
            return true;
        }
        List<Listener> onPort = sight.listeners().stream()
                .filter(listener -> listener.protocol() == protocol && listener.port() == packet.destinationPort())
                .toList();
        for (Listener listener : onPort) {
            if (takes(listener, packet.destination())) {
                return journey.ok(Stage.LISTENER, Message.of("listener", who, service), process(listener), at);
            }
        }
        if (onPort.isEmpty()) {
            return journey.fails(
                    Stage.LISTENER,
                    Message.of("listener.none", who, service),
                    Message.of("hook.rejected"),
                    Message.of("listener.none.why", who),
                    new RemedyFinder(journey).ofSilence(packet, service, at),
                    at);
        }
        String addresses = onPort.stream()
                .map(listener -> Addresses.format(listener.address()))
                .distinct()
                .collect(Collectors.joining(", "));
        return journey.fails(
                Stage.LISTENER,
                Message.of("listener.elsewhere", who, addresses),
                process(onPort.getFirst()),
                Message.of("listener.elsewhere.why", Addresses.format(packet.destination())),
                new Remedy.ByHand(Message.of("listener.elsewhere.remedy")),
                at);
    }

    /// A socket on `::` takes packets of both families, as the kernel has it unless told otherwise.
    private static boolean takes(Listener listener, InetAddress destination) {
        InetAddress address = listener.address();
        if (address.isAnyLocalAddress()) {
            return address.getAddress().length >= destination.getAddress().length;
        }
        return address.equals(destination);
    }

    private static Message process(Listener listener) {
        return listener.pid() == 0 ? Message.NONE : Message.of("listener.process", listener.pid());
    }
}
