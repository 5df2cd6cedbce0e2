package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Host;
import dev.patchbay.core.model.Phrase;
import dev.patchbay.core.packet.Packet;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.core.reachability.Party.Plugged;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.protocol.Reply.NetnsState;
import dev.patchbay.engine.spec.Driver;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;

/// The end of the way: a plug, and somebody who listens.
final class Arrival {
    private static final Phrase OUTSIDE = Phrase.of("outsideWorld");

    private final Journey journey;

    Arrival(Journey journey) {
        this.journey = journey;
    }

    /// @param crossed the packet as it left the last hook, with the link it leaves by
    /// @param sent as its receiver sees it
    void at(Packet crossed, Packet sent, Origin origin) {
        String out = sent.out();
        Plugged plug = Plugged.at(sent.destination(), journey.topology());
        boolean ours = journey.topology().networks().stream()
                .anyMatch(network ->
                        network.bridge().equals(out) && network.driver().is(Driver.BRIDGE));
        if (plug != null && plug.network().bridge().equals(out)) {
            inContainer(plug, sent, origin);
        } else if (ours) {
            journey.fails(
                    Stage.PLUG,
                    Phrase.of("plug.nobody", Addresses.format(crossed.destination())),
                    Phrase.verbatim(out),
                    Phrase.of("plug.nobody.why"),
                    null,
                    new Spot.OfHost());
        } else if (isUplink(out)) {
            outside(sent, origin);
        } else {
            journey.unknown(Stage.PLUG, Phrase.of("plug.leaves", out), Phrase.of("plug.leaves.why"));
        }
    }

    private boolean isUplink(String link) {
        return journey.topology().host().interfaces().stream()
                .map(Host.Interface::name)
                .anyMatch(link::equals);
    }

    /// Whether the kernel has the plug where it should be.
    boolean isPlugged(Plugged plug) {
        if (plug.endpoint().attached() && plug.network().bridgeUp()) {
            return true;
        }
        return journey.fails(
                Stage.PLUG,
                Phrase.of("plug.out", plug.container().name(), plug.network().name()),
                plug.network().bridgeUp() ? Phrase.of("plug.noVeth") : Phrase.of("plug.bridgeDown"),
                Phrase.of("plug.out.why"),
                Remedies.repair(),
                plug.spots());
    }

    private void inContainer(Plugged plug, Packet packet, Origin origin) {
        NetnsState sight = journey.readings().sandboxes().get(plug.container().id());
        if (!plug.container().running()) {
            journey.fails(
                    Stage.END,
                    Phrase.of("end.stopped", plug.container().name()),
                    Phrase.of("stopped"),
                    Phrase.NONE,
                    Remedies.start(plug.container()),
                    plug.spots());
            return;
        }
        if (!isPlugged(plug)) {
            return;
        }
        journey.ok(
                Stage.PLUG,
                Phrase.verbatim(plug.network().name() + " → " + plug.container().name()),
                Phrase.of(
                        "plug.interface",
                        plug.endpoint().interfaceName(),
                        plug.container().name()),
                plug.spots());
        Spot at = new Spot.OfContainer(plug.container().id());
        if (sight == null) {
            journey.unknown(
                    Stage.LISTENER, Phrase.of("end.dark", plug.container().name()), Phrase.of("listener.dark.why"), at);
        } else if (listens(packet, Phrase.verbatim(plug.container().name()), sight, at)) {
            new WayBack(journey, origin)
                    .fromContainer(packet, new Party.Inside(plug.container(), plug.container(), sight), sight);
        }
    }

    void onHost(Packet packet, Origin origin) {
        if (listens(packet, Phrase.of("host"), journey.readings().host(), new Spot.OfHost())) {
            new WayBack(journey, origin).fromHost(packet);
        }
    }

    private void outside(Packet packet, Origin origin) {
        NetnsState sight = journey.readings().outside();
        Spot at = new Spot.OfLink(packet.out());
        journey.ok(
                Stage.PLUG,
                Phrase.of("plug.leaves", packet.out()),
                Phrase.of("plug.leavesTo", Addresses.format(packet.destination())),
                at);
        if (sight == null || !Routing.addresses(sight).contains(packet.destination())) {
            if (packet.protocol() != null) {
                journey.unknown(
                        Stage.LISTENER,
                        Phrase.of("listener", OUTSIDE, journey.question().service()),
                        Phrase.of("listener.outside.why"),
                        at);
            }
        } else if (!listens(packet, OUTSIDE, sight, at)) {
            return;
        }
        new WayBack(journey, origin).fromOutside(packet, sight);
    }

    /// Whether somebody takes the packet.
    boolean listens(Packet packet, Phrase who, NetnsState sight, Spot at) {
        Protocol protocol = packet.protocol();
        if (protocol == null) {
            return journey.ok(Stage.LISTENER, Phrase.of("listener.echo", who), Phrase.of("listener.echo.how"), at);
        }
        String service = packet.destinationPort() + "/" + protocol;
        if (protocol == Protocol.SCTP) {
            journey.unknown(Stage.LISTENER, Phrase.of("listener", who, service), Phrase.of("listener.sctp.why"), at);
            return true;
        }
        List<Listener> onPort = sight.listeners().stream()
                .filter(listener -> listener.protocol() == protocol && listener.port() == packet.destinationPort())
                .toList();
        for (Listener listener : onPort) {
            if (takes(listener, packet.destination())) {
                return journey.ok(Stage.LISTENER, Phrase.of("listener", who, service), process(listener), at);
            }
        }
        if (onPort.isEmpty()) {
            return journey.fails(
                    Stage.LISTENER,
                    Phrase.of("listener.none", who, service),
                    Phrase.of("hook.rejected"),
                    Phrase.of("listener.none.why", who),
                    new Remedies(journey).ofSilence(packet, service, at),
                    at);
        }
        String addresses = onPort.stream()
                .map(listener -> Addresses.format(listener.address()))
                .distinct()
                .collect(Collectors.joining(", "));
        return journey.fails(
                Stage.LISTENER,
                Phrase.of("listener.elsewhere", who, addresses),
                process(onPort.getFirst()),
                Phrase.of("listener.elsewhere.why", Addresses.format(packet.destination())),
                new Remedy.ByHand(Phrase.of("listener.elsewhere.remedy")),
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

    private static Phrase process(Listener listener) {
        return listener.pid() == 0 ? Phrase.NONE : Phrase.of("listener.process", listener.pid());
    }
}
