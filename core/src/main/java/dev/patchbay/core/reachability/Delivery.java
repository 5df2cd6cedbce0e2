package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Host;
import dev.patchbay.core.model.Message;
import dev.patchbay.core.packet.Packet;
import dev.patchbay.core.ports.PortHolder;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.core.reachability.Peer.AttachedEndpoint;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.kernel.NetnsState;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The end of the path: the destination's endpoint and its listener.
final class Delivery {
    private static final Message OUTSIDE = Message.of("outsideWorld");

    private final Trace trace;

    Delivery(Trace trace) {
        this.trace = trace;
    }

    /// @param crossed the packet after the last hook, with its outgoing link
    /// @param sent the packet as its receiver sees it
    void deliver(Packet crossed, Packet sent, PacketOrigin origin) {
        String out = sent.out();
        AttachedEndpoint plug = AttachedEndpoint.withAddress(sent.destination(), trace.topology());
        boolean ours = trace.topology().networks().stream()
                .anyMatch(network -> network.hasBridge() && network.bridge().equals(out));
        if (plug != null
                && plug.network().hasBridge()
                && plug.network().bridge().equals(out)) {
            deliverToContainer(plug, sent, origin);
        } else if (ours) {
            trace.fail(
                    Stage.ENDPOINT,
                    Message.of("plug.nobody", Addresses.format(crossed.destination())),
                    Message.verbatim(out),
                    Message.of("plug.nobody.why"),
                    null,
                    new Location.OfHost());
        } else if (trace.dropsEverything(out)) {
            trace.fail(
                    Stage.ENDPOINT,
                    Message.of("plug.leaves", out),
                    Message.of("hook.dropped"),
                    Message.of("plug.dropsAll.why"),
                    null,
                    new Location.OfLink(out));
        } else if (isUplink(out) || trace.question().to() instanceof PathEnd.AtAddress) {
            deliverOutside(sent, origin);
        } else {
            trace.unknown(Stage.ENDPOINT, Message.of("plug.leaves", out), Message.of("plug.leaves.why"));
        }
    }

    private boolean isUplink(String link) {
        return trace.topology().host().interfaces().stream()
                .map(Host.Interface::name)
                .anyMatch(link::equals);
    }

    /// Whether the kernel has the endpoint's veth in its bridge.
    boolean checkAttached(AttachedEndpoint plug) {
        if (plug.endpoint().attached() && plug.network().bridgeUp()) {
            return true;
        }
        return trace.fail(
                Stage.ENDPOINT,
                Message.of("plug.out", plug.container().name(), plug.network().name()),
                plug.network().bridgeUp() ? Message.of("plug.noVeth") : Message.of("plug.bridgeDown"),
                Message.of("plug.out.why"),
                RemedyFinder.repair(),
                plug.locations());
    }

    private void deliverToContainer(AttachedEndpoint plug, Packet packet, PacketOrigin origin) {
        NetnsState netnsState = trace.inputs().sandboxes().get(plug.container().id());
        if (!plug.container().running()) {
            trace.fail(
                    Stage.END,
                    Message.of("end.stopped", plug.container().name()),
                    Message.of("stopped"),
                    Message.EMPTY,
                    RemedyFinder.start(plug.container()),
                    plug.locations());
            return;
        }
        if (!checkAttached(plug)) {
            return;
        }
        trace.ok(
                Stage.ENDPOINT,
                Message.verbatim(
                        plug.network().name() + " → " + plug.container().name()),
                Message.of(
                        "plug.interface",
                        RouteLookup.interfaceName(plug.endpoint(), netnsState),
                        plug.container().name()),
                plug.locations());
        Location at = new Location.OfContainer(plug.container().id());
        if (netnsState == null) {
            trace.unknown(
                    Stage.LISTENER,
                    Message.of("end.dark", plug.container().name()),
                    Message.of("listener.dark.why"),
                    at);
        } else if (checkListener(packet, Message.verbatim(plug.container().name()), netnsState, at)) {
            new ReplyPath(trace, origin)
                    .fromContainer(
                            packet, new Peer.InContainer(plug.container(), plug.container(), netnsState), netnsState);
        }
    }

    void deliverToHost(Packet packet, PacketOrigin origin) {
        if (checkListener(packet, Message.of("host"), trace.inputs().host(), new Location.OfHost())) {
            reportProxy(packet);
            new ReplyPath(trace, origin).fromHost(packet);
        }
    }

    /// Where Docker's proxy has the port, the application's client is the host.
    private void reportProxy(Packet packet) {
        NetnsState host = trace.inputs().host();
        boolean proxied = host.listeners().stream()
                .anyMatch(listener -> PortHolder.isProxy(listener)
                        && listener.protocol() == packet.protocol()
                        && listener.port() == packet.destinationPort()
                        && accepts(listener, packet.destination()));
        if (!proxied) {
            return;
        }
        for (Container container : trace.topology().containers()) {
            if (container.ports().stream()
                    .noneMatch(port -> port.protocol() == packet.protocol()
                            && port.hostPorts().contains(packet.destinationPort()))) {
                continue;
            }
            // Over IPv4 where the container has no address of the family, too.
            Stream.of(packet.family(), Family.IPV4)
                    .flatMap(family -> container.endpoints().stream().map(endpoint -> Peer.address(endpoint, family)))
                    .filter(Objects::nonNull)
                    .map(address -> RouteLookup.source(address, host))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .ifPresent(client -> trace.ok(
                            Stage.LISTENER,
                            Message.of("listener.proxy", PortHolder.PROXY, container.name()),
                            Message.of("listener.client", Addresses.format(client)),
                            new Location.OfContainer(container.id())));
        }
    }

    private void deliverOutside(Packet packet, PacketOrigin origin) {
        NetnsState netnsState = trace.inputs().outsideWith(packet.destination());
        Location at = new Location.OfLink(packet.out());
        trace.ok(
                Stage.ENDPOINT,
                Message.of("plug.leaves", packet.out()),
                Message.of("plug.leavesTo", Addresses.format(packet.destination())),
                at);
        if (netnsState == null) {
            if (packet.protocol() != null) {
                trace.unknown(
                        Stage.LISTENER,
                        Message.of("listener", OUTSIDE, trace.question().service()),
                        Message.of("listener.outside.why"),
                        at);
            }
        } else if (!checkListener(packet, OUTSIDE, netnsState, at)) {
            return;
        }
        new ReplyPath(trace, origin).fromOutside(packet, netnsState);
    }

    /// Whether a socket accepts the packet.
    boolean checkListener(Packet packet, Message receiver, NetnsState netnsState, Location at) {
        Protocol protocol = packet.protocol();
        if (protocol == null) {
            return trace.ok(Stage.LISTENER, Message.of("listener.echo", receiver), Message.of("listener.echo.how"), at);
        }
        String service = packet.destinationPort() + "/" + protocol;
        if (protocol == Protocol.SCTP) {
            trace.unknown(
                    Stage.LISTENER, Message.of("listener", receiver, service), Message.of("listener.sctp.why"), at);
            return true;
        }
        List<Listener> onPort = netnsState.listeners().stream()
                .filter(listener -> listener.protocol() == protocol && listener.port() == packet.destinationPort())
                .toList();
        for (Listener listener : onPort) {
            if (accepts(listener, packet.destination())) {
                return PortHolder.onlyReserves(listener)
                        ? failAtReservation(listener, packet, service, at)
                        : trace.ok(
                                Stage.LISTENER,
                                Message.of("listener", receiver, service),
                                accepted(listener, packet),
                                at);
            }
        }
        if (onPort.isEmpty()) {
            return trace.fail(
                    Stage.LISTENER,
                    Message.of("listener.none", receiver, service),
                    Message.of("hook.rejected"),
                    Message.of("listener.none.why", receiver),
                    new RemedyFinder(trace).forNoListener(packet, service, at),
                    at);
        }
        String addresses = onPort.stream()
                .map(listener -> Addresses.format(listener.address()))
                .distinct()
                .collect(Collectors.joining(", "));
        return trace.fail(
                Stage.LISTENER,
                Message.of("listener.elsewhere", receiver, addresses),
                process(onPort.getFirst()),
                Message.of("listener.elsewhere.why", Addresses.format(packet.destination())),
                new Remedy.ByHand(Message.of("listener.elsewhere.remedy")),
                at);
    }

    private boolean failAtReservation(Listener listener, Packet packet, String service, Location at) {
        return trace.fail(
                Stage.RESERVATION,
                Message.of("listener.reserved", listener.process(), service),
                process(listener),
                Message.of("listener.reserved.why"),
                new RemedyFinder(trace).forNoListener(packet, service, at),
                at);
    }

    /// A socket on `::` accepts packets of both families, as is the kernel's default.
    private static boolean accepts(Listener listener, InetAddress destination) {
        InetAddress address = listener.address();
        if (address.isAnyLocalAddress()) {
            return address.getAddress().length >= destination.getAddress().length;
        }
        return address.equals(destination);
    }

    /// Who accepts, and the address that it sees: behind masquerading that is not the sender's.
    private static Message accepted(Listener listener, Packet packet) {
        String client = Addresses.format(packet.source());
        return listener.pid() == 0
                ? Message.of("listener.client", client)
                : Message.of("listener.processWithClient", listener.pid(), client);
    }

    private static Message process(Listener listener) {
        return listener.pid() == 0 ? Message.EMPTY : Message.of("listener.process", listener.pid());
    }
}
