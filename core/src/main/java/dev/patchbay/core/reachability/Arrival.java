package dev.patchbay.core.reachability;

import dev.patchbay.core.packet.Packet;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.core.reachability.Party.Plugged;
import dev.patchbay.core.topology.Host;
import dev.patchbay.engine.protocol.Listener;
import dev.patchbay.engine.protocol.Reply.Sight;
import dev.patchbay.engine.spec.Addresses;
import dev.patchbay.engine.spec.Driver;
import dev.patchbay.engine.spec.Protocol;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;

/// The end of the way: a plug, and somebody who listens.
final class Arrival {
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
                    "nobody has " + Addresses.text(crossed.destination()),
                    out,
                    "No container on that network has this address.",
                    null,
                    new Spot.OfHost());
        } else if (isUplink(out)) {
            outside(sent, origin);
        } else {
            journey.unknown(Stage.PLUG, "leaves by " + out, "unknown", "What is behind that link is not known here.");
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
                plug.container().name() + " is not plugged into "
                        + plug.network().name(),
                plug.network().bridgeUp() ? "no veth" : "bridge down",
                "The kernel is not as the records say.",
                Remedies.repair(),
                plug.spots());
    }

    private void inContainer(Plugged plug, Packet packet, Origin origin) {
        Sight sight = journey.readings().sandboxes().get(plug.container().id());
        if (!plug.container().running()) {
            journey.fails(
                    Stage.END,
                    plug.container().name() + " does not run",
                    "stopped",
                    "",
                    Remedies.start(plug.container()),
                    plug.spots());
            return;
        }
        if (!isPlugged(plug)) {
            return;
        }
        journey.ok(
                Stage.PLUG,
                plug.network().name() + " → " + plug.container().name(),
                plug.endpoint().interfaceName() + " of " + plug.container().name(),
                plug.spots());
        Spot at = new Spot.OfContainer(plug.container().id());
        if (sight == null) {
            journey.unknown(
                    Stage.LISTENER,
                    plug.container().name() + " cannot be looked into",
                    "unknown",
                    "Its sockets could not be read.",
                    at);
        } else if (listens(packet, plug.container().name(), sight, at)) {
            new WayBack(journey, origin)
                    .fromContainer(packet, new Party.Inside(plug.container(), plug.container(), sight), sight);
        }
    }

    void onHost(Packet packet, Origin origin) {
        if (listens(packet, "host", journey.readings().host(), new Spot.OfHost())) {
            new WayBack(journey, origin).fromHost(packet);
        }
    }

    private void outside(Packet packet, Origin origin) {
        Sight sight = journey.readings().outside();
        Spot at = new Spot.OfLink(packet.out());
        journey.ok(Stage.PLUG, "leaves by " + packet.out(), "to " + Addresses.text(packet.destination()), at);
        if (sight == null || !Routing.addresses(sight).contains(packet.destination())) {
            if (packet.protocol() != null) {
                journey.unknown(
                        Stage.LISTENER,
                        "outside listens on " + journey.question().service(),
                        "unknown",
                        "Nobody can look into other machines from here.",
                        at);
            }
        } else if (!listens(packet, "outside", sight, at)) {
            return;
        }
        new WayBack(journey, origin).fromOutside(packet, sight);
    }

    /// Whether somebody takes the packet.
    boolean listens(Packet packet, String who, Sight sight, Spot at) {
        Protocol protocol = packet.protocol();
        if (protocol == null) {
            return journey.ok(Stage.LISTENER, who + " answers echo requests", "the kernel's own answer", at);
        }
        String service = packet.destinationPort() + "/" + protocol;
        if (protocol == Protocol.SCTP) {
            journey.unknown(
                    Stage.LISTENER, who + " listens on " + service, "unknown", "SCTP sockets are not listed.", at);
            return true;
        }
        List<Listener> onPort = sight.listeners().stream()
                .filter(listener -> listener.protocol() == protocol && listener.port() == packet.destinationPort())
                .toList();
        for (Listener listener : onPort) {
            if (takes(listener, packet.destination())) {
                return journey.ok(Stage.LISTENER, who + " listens on " + service, process(listener), at);
            }
        }
        if (onPort.isEmpty()) {
            return journey.fails(
                    Stage.LISTENER,
                    who + " does not listen on " + service,
                    "refused",
                    "The packet arrives, and no process of " + who + " waits for it.",
                    new Remedies(journey).ofSilence(packet, service, at),
                    at);
        }
        String addresses = onPort.stream()
                .map(listener -> Addresses.text(listener.address()))
                .distinct()
                .collect(Collectors.joining(", "));
        return journey.fails(
                Stage.LISTENER,
                who + " listens on " + addresses + " only",
                process(onPort.getFirst()),
                "The packet is for " + Addresses.text(packet.destination()) + ", and nobody waits there.",
                new Remedy.ByHand("Let it listen on 0.0.0.0"),
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

    private static String process(Listener listener) {
        return listener.pid() == 0 ? "" : "pid " + listener.pid();
    }
}
