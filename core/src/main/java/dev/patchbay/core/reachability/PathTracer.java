package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Message;
import dev.patchbay.core.packet.Packet;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.core.reachability.Peer.AttachedEndpoint;
import dev.patchbay.core.reachability.RouteLookup.LocalRoute;
import dev.patchbay.core.reachability.RouteLookup.Route;
import dev.patchbay.core.reachability.RouteLookup.RouteDecision;
import dev.patchbay.engine.kernel.NetnsState;
import dev.patchbay.engine.net.Addresses;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Traces a path: from the sender over the host to the receiver, and the answer back.
public final class PathTracer {
    private final Trace trace;
    private final Peer from;
    private final PathTarget target;

    private PathTracer(Trace trace, Peer from, PathTarget target) {
        this.trace = trace;
        this.from = from;
        this.target = target;
    }

    public static TracedPath tracePath(ReachabilityQuery question, TraceInputs inputs) {
        Trace trace = new Trace(question, inputs);
        Peer from = Peer.of(question.from(), inputs);
        Peer to = Peer.of(question.to(), inputs);
        if (from == null || to == null) {
            trace.fail(Stage.END, Message.of("gone"), Message.EMPTY, Message.of("gone.either"), null);
            return trace.build(Message.EMPTY);
        }
        Message title = question.protocol() == null
                ? Message.of("way.ping", from.name(), to.name())
                : Message.of("way", from.name(), to.name(), question.service());
        if (checkPresent(from, trace) && checkPresent(to, trace)) {
            PathTarget target = PathTarget.of(from, to, trace);
            if (target != null) {
                trace.setDestination(target.address(), target.port());
                new PathTracer(trace, from, target).send();
            }
        }
        return trace.build(title);
    }

    private static boolean checkPresent(Peer peer, Trace trace) {
        return switch (peer) {
            case Peer.Host _, Peer.Outside _ -> true;
            case Peer.InContainer(var asked, var plugged, var netnsState) -> {
                Location location = new Location.OfContainer(asked.id());
                if (!asked.running()) {
                    yield trace.fail(
                            Stage.END,
                            Message.of("end.stopped", asked.name()),
                            Message.of("stopped"),
                            Message.of("end.stopped.why"),
                            RemedyFinder.start(asked),
                            location);
                }
                if (plugged.endpoints().isEmpty()) {
                    yield trace.fail(
                            Stage.END,
                            Message.of("end.alone", asked.name()),
                            Message.EMPTY,
                            Message.of("end.alone.why"),
                            new RemedyFinder(trace).connectToOutside(asked),
                            location);
                }
                if (netnsState == null) {
                    trace.unknown(
                            Stage.END, Message.of("end.dark", asked.name()), Message.of("end.dark.why"), location);
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

    private void sendFromContainer(Peer.InContainer peer, @Nullable NetnsState netnsState, InetAddress to) {
        if (netnsState == null) {
            return;
        }
        LocalRoute sent = localRoute(to, netnsState);
        InetAddress source = sent.source();
        switch (sent.route()) {
            case Route.Local() -> {
                trace.ok(
                        Stage.ROUTE,
                        Message.of("route.inside", peer.name()),
                        Message.of("route.ownAddress"),
                        location(peer));
                new Delivery(trace).checkListener(packet(to, to), peer.name(), netnsState, location(peer));
            }
            case Route.Unknown _ -> trace.reportNoRoute(sent.route(), to, Stage.ROUTE);
            case Route.None(RouteDecision decision) ->
                trace.fail(
                        Stage.ROUTE,
                        Message.of("route.containerNone", peer.name(), text(to)),
                        decision.isEmpty() ? Message.of("noRoute") : Message.verbatim(decision.text()),
                        Message.of("route.containerNone.why"),
                        noRouteRemedy(peer.container()),
                        location(peer));
            case Route.Via(String device, InetAddress gateway, RouteDecision _) -> {
                AttachedEndpoint plug = AttachedEndpoint.withInterface(device, peer, trace.topology());
                if (plug == null || source == null) {
                    trace.unknown(
                            Stage.ROUTE,
                            Message.of("route.containerBy", peer.name(), device),
                            Message.of("link.unknown"));
                } else {
                    sendFromEndpoint(plug, packet(source, to), device, gateway);
                }
            }
        }
    }

    private void sendFromEndpoint(AttachedEndpoint plug, Packet packet, String device, @Nullable InetAddress gateway) {
        String by = device + (gateway == null ? "" : " via " + text(gateway));
        Location[] locations = {
            new Location.OfContainer(plug.container().id()),
            new Location.OfEndpoint(plug.container().id(), plug.network().id()),
            new Location.OfNetwork(plug.network().id())
        };
        trace.ok(
                Stage.ROUTE,
                Message.of("route.sendsAs", plug.container().name(), text(packet.source())),
                Message.verbatim(by),
                locations);
        if (!plug.network().driver().makesBridges()) {
            trace.unknown(
                    Stage.ENDPOINT,
                    Message.of("plug.macvlan", plug.network().name()),
                    Message.of("plug.macvlan.why", plug.network().driver()),
                    locations);
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

    private void sendFromHost(Peer.Host peer, InetAddress to) {
        LocalRoute sent = localRoute(to, peer.netnsState());
        InetAddress source = sent.source();
        String device = sent.device();
        if (!trace.reportNoRoute(sent.route(), to, Stage.ROUTE)) {
            return;
        }
        if (source == null) {
            trace.unknown(
                    Stage.ROUTE, Message.of("route.by", device), Message.of("route.noSource"), new Location.OfHost());
            return;
        }
        trace.ok(
                Stage.ROUTE,
                Message.of("route.sendsAs", peer.name(), text(source)),
                trace.routeDetail(sent.route()),
                new Location.OfHost());
        reportPublishedPort();
        new ForwardPath(trace, from).send(packet(source, to).withLinks("", device), sent.route());
    }

    private void sendFromOutside(Peer.Outside world, InetAddress to) {
        NetnsState host = trace.inputs().host();
        NetnsState outside = world.netnsState();
        LocalRoute sent = outside == null ? null : localRoute(to, outside);
        InetAddress source = world.address();
        if (source == null) {
            source = sent == null ? target.outsidePeerAddress(host) : sent.source();
        }
        if (sent != null && sent.device().isEmpty()) {
            trace.fail(
                    Stage.ROUTE,
                    Message.of("route.outsideNone", text(to)),
                    Message.of("noRoute"),
                    Message.of("route.outsideNone.why"),
                    target.container() == null ? null : new RemedyFinder(trace).publish(target.container()));
            return;
        }
        String device = source == null ? "" : PathTarget.uplinkTo(source, host);
        if (source == null || device.isEmpty()) {
            trace.unknown(Stage.ROUTE, Message.of("route.outsideTo", text(to)), Message.of("route.outsideTo.why"));
            return;
        }
        trace.ok(
                Stage.ROUTE,
                world.address() == null
                        ? Message.of("route.outsideAs", text(source))
                        : Message.of("route.from", text(source)),
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

    private LocalRoute localRoute(InetAddress to, NetnsState netnsState) {
        return RouteLookup.localRoute(to, trace.question().protocol(), target.port(), netnsState);
    }

    private Packet packet(InetAddress source, InetAddress to) {
        return Packet.first(trace.question().protocol(), source, to, target.port());
    }

    private static Location location(Peer.InContainer peer) {
        return new Location.OfContainer(peer.container().id());
    }

    private static String text(InetAddress address) {
        return Addresses.format(address);
    }
}
