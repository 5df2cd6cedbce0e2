package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Message;
import dev.patchbay.core.packet.Packet;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.core.reachability.Peer.AttachedEndpoint;
import dev.patchbay.core.reachability.RouteLookup.Route;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.kernel.NetnsState;
import dev.patchbay.engine.net.Addresses;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Traces a path: from the sender over the host to the receiver, and the answer back.
public final class PathTracer {
    private final Trace trace;
    private final Peer from;
    private final PathTarget target;

    private PathTracer(Trace journey, Peer from, PathTarget target) {
        this.trace = journey;
        this.from = from;
        this.target = target;
    }

    public static TracedPath tracePath(ReachabilityQuery question, TraceInputs readings) {
        Trace journey = new Trace(question, readings);
        Peer from = Peer.of(question.from(), readings);
        Peer to = Peer.of(question.to(), readings);
        if (from == null || to == null) {
            journey.fail(Stage.END, Message.of("gone"), Message.EMPTY, Message.of("gone.either"), null);
            return journey.build(Message.EMPTY);
        }
        Message title = question.protocol() == null
                ? Message.of("way.ping", from.name(), to.name())
                : Message.of("way", from.name(), to.name(), question.service());
        if (checkPresent(from, journey) && checkPresent(to, journey)) {
            PathTarget target = PathTarget.of(from, to, journey);
            if (target != null) {
                journey.setDestination(target.address(), target.port());
                new PathTracer(journey, from, target).send();
            }
        }
        return journey.build(title);
    }

    private static boolean checkPresent(Peer party, Trace journey) {
        return switch (party) {
            case Peer.Host _, Peer.Outside _ -> true;
            case Peer.InContainer(var asked, var plugged, var sight) -> {
                Location spot = new Location.OfContainer(asked.id());
                if (!asked.running()) {
                    yield journey.fail(
                            Stage.END,
                            Message.of("end.stopped", asked.name()),
                            Message.of("stopped"),
                            Message.of("end.stopped.why"),
                            RemedyFinder.start(asked),
                            spot);
                }
                if (plugged.endpoints().isEmpty()) {
                    yield journey.fail(
                            Stage.END,
                            Message.of("end.alone", asked.name()),
                            Message.EMPTY,
                            Message.of("end.alone.why"),
                            new RemedyFinder(journey).connectToOutside(asked),
                            spot);
                }
                if (sight == null) {
                    journey.unknown(Stage.END, Message.of("end.dark", asked.name()), Message.of("end.dark.why"), spot);
                    yield false;
                }
                yield true;
            }
        };
    }

    private void send() {
        InetAddress to = target.address();
        switch (from) {
            case Peer.InContainer inside -> sendFromContainer(inside, inside.netnsState(), to);
            case Peer.Host host -> sendFromHost(host, to);
            case Peer.Outside world -> sendFromOutside(world, to);
        }
    }

    private void sendFromContainer(Peer.InContainer party, @Nullable NetnsState sight, InetAddress to) {
        if (sight == null) {
            return;
        }
        InetAddress source = RouteLookup.source(to, sight);
        switch (RouteLookup.lookup(to, sight)) {
            case Route.Local() -> {
                trace.ok(
                        Stage.ROUTE,
                        Message.of("route.inside", party.name()),
                        Message.of("route.ownAddress"),
                        location(party));
                new Delivery(trace).checkListener(packet(to, to), party.name(), sight, location(party));
            }
            case Route.None() ->
                trace.fail(
                        Stage.ROUTE,
                        Message.of("route.containerNone", party.name(), text(to)),
                        Message.of("noRoute"),
                        Message.of("route.containerNone.why"),
                        noRouteRemedy(party.container()),
                        location(party));
            case Route.Via(String device, InetAddress gateway) -> {
                AttachedEndpoint plug = AttachedEndpoint.withInterface(device, party, trace.topology());
                if (plug == null || source == null) {
                    trace.unknown(
                            Stage.ROUTE,
                            Message.of("route.containerBy", party.name(), device),
                            Message.of("link.unknown"));
                } else {
                    sendFromEndpoint(plug, packet(source, to), device, gateway);
                }
            }
        }
    }

    private void sendFromEndpoint(AttachedEndpoint plug, Packet packet, String device, @Nullable InetAddress gateway) {
        String by = device + (gateway == null ? "" : " via " + text(gateway));
        Location[] spots = {
            new Location.OfContainer(plug.container().id()),
            new Location.OfEndpoint(plug.container().id(), plug.network().id()),
            new Location.OfNetwork(plug.network().id())
        };
        trace.ok(
                Stage.ROUTE,
                Message.of("route.sendsAs", plug.container().name(), text(packet.source())),
                Message.verbatim(by),
                spots);
        if (!plug.network().driver().is(Driver.BRIDGE)) {
            trace.unknown(
                    Stage.ENDPOINT,
                    Message.of("plug.macvlan", plug.network().name()),
                    Message.of("plug.macvlan.why"),
                    spots);
            return;
        }
        ForwardPath crossing = new ForwardPath(trace, from);
        if (!new Delivery(trace).checkAttached(plug)) {
            return;
        }
        if (gateway == null && !trace.isHostAddress(packet.destination())) {
            crossing.bridge(packet, plug.network());
        } else {
            crossing.receive(packet.withLinks(plug.network().bridge(), ""));
        }
    }

    private void sendFromHost(Peer.Host party, InetAddress to) {
        InetAddress source = RouteLookup.source(to, party.netnsState());
        String device = RouteLookup.device(to, party.netnsState());
        if (device.isEmpty()) {
            trace.fail(
                    Stage.ROUTE,
                    Message.of("route.none", text(to)),
                    Message.of("noRoute"),
                    Message.of("route.none.why"),
                    null,
                    new Location.OfHost());
            return;
        }
        if (source == null) {
            trace.unknown(
                    Stage.ROUTE, Message.of("route.by", device), Message.of("route.noSource"), new Location.OfHost());
            return;
        }
        trace.ok(
                Stage.ROUTE,
                Message.of("route.sendsAs", party.name(), text(source)),
                Message.verbatim(device),
                new Location.OfHost());
        reportPublishedPort();
        new ForwardPath(trace, from).send(packet(source, to).withLinks("", device));
    }

    private void sendFromOutside(Peer.Outside world, InetAddress to) {
        NetnsState host = trace.inputs().host();
        NetnsState outside = world.netnsState();
        InetAddress source = outside == null ? target.outsidePeerAddress(host) : RouteLookup.source(to, outside);
        if (outside != null && RouteLookup.device(to, outside).isEmpty()) {
            trace.fail(
                    Stage.ROUTE,
                    Message.of("route.outsideNone", text(to)),
                    Message.of("noRoute"),
                    Message.of("route.outsideNone.why"),
                    target.container() == null ? null : new RemedyFinder(trace).publish(target.container()));
            return;
        }
        String device = source == null ? "" : RouteLookup.device(source, host);
        if (source == null || device.isEmpty()) {
            trace.unknown(Stage.ROUTE, Message.of("route.outsideTo", text(to)), Message.of("route.outsideTo.why"));
            return;
        }
        trace.ok(
                Stage.ROUTE,
                Message.of("route.outsideAs", text(source)),
                Message.verbatim(device),
                new Location.OfLink(device));
        reportPublishedPort();
        new ForwardPath(trace, from).receive(packet(source, to).withLinks(device, ""));
    }

    private void reportPublishedPort() {
        if (target.binding() != null) {
            boolean any = target.binding().hostAddress().isAnyLocalAddress();
            trace.ok(
                    Stage.PUBLISHED_PORT,
                    Message.of("jack", target.port()),
                    any
                            ? Message.of("jack.everywhere")
                            : Message.of("jack.only", text(target.binding().hostAddress())),
                    new Location.OfPort(target.binding().id()));
        }
    }

    private @Nullable Remedy noRouteRemedy(Container container) {
        RemedyFinder remedies = new RemedyFinder(trace);
        Remedy connect = remedies.connect(container, target.container());
        return connect == null ? remedies.connectToOutside(container) : connect;
    }

    private Packet packet(InetAddress source, InetAddress to) {
        return Packet.first(trace.question().protocol(), source, to, target.port());
    }

    private static Location location(Peer.InContainer party) {
        return new Location.OfContainer(party.container().id());
    }

    private static String text(InetAddress address) {
        return Addresses.format(address);
    }
}
