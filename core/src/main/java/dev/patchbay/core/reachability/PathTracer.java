package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Message;
import dev.patchbay.core.packet.Packet;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.core.reachability.Peer.AttachedEndpoint;
import dev.patchbay.core.reachability.RouteLookup.Route;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.protocol.Reply.NetnsState;
import dev.patchbay.engine.spec.Driver;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Works the answer out: the packet leaves its sender, crosses the host, arrives, and is answered.
public final class PathTracer {
    private final Trace journey;
    private final Peer from;
    private final PathTarget target;

    private PathTracer(Trace journey, Peer from, PathTarget target) {
        this.journey = journey;
        this.from = from;
        this.target = target;
    }

    public static TracedPath derive(ReachabilityQuery question, TraceInputs readings) {
        Trace journey = new Trace(question, readings);
        Peer from = Peer.of(question.from(), readings);
        Peer to = Peer.of(question.to(), readings);
        if (from == null || to == null) {
            journey.fails(Stage.END, Message.of("gone"), Message.NONE, Message.of("gone.either"), null);
            return journey.path(Message.NONE);
        }
        Message title = question.protocol() == null
                ? Message.of("way.ping", from.name(), to.name())
                : Message.of("way", from.name(), to.name(), question.service());
        if (isThere(from, journey) && isThere(to, journey)) {
            PathTarget target = PathTarget.choose(from, to, journey);
            if (target != null) {
                journey.aimAt(target.address(), target.port());
                new PathTracer(journey, from, target).leave();
            }
        }
        return journey.path(title);
    }

    private static boolean isThere(Peer party, Trace journey) {
        return switch (party) {
            case Peer.Host _, Peer.Outside _ -> true;
            case Peer.InContainer(var asked, var plugged, var sight) -> {
                Location spot = new Location.OfContainer(asked.id());
                if (!asked.running()) {
                    yield journey.fails(
                            Stage.END,
                            Message.of("end.stopped", asked.name()),
                            Message.of("stopped"),
                            Message.of("end.stopped.why"),
                            RemedyFinder.start(asked),
                            spot);
                }
                if (plugged.endpoints().isEmpty()) {
                    yield journey.fails(
                            Stage.END,
                            Message.of("end.alone", asked.name()),
                            Message.NONE,
                            Message.of("end.alone.why"),
                            new RemedyFinder(journey).wayOut(asked),
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

    private void leave() {
        InetAddress to = target.address();
        switch (from) {
            case Peer.InContainer inside -> leaveContainer(inside, inside.sight(), to);
            case Peer.Host host -> leaveHost(host, to);
            case Peer.Outside world -> leaveOutside(world, to);
        }
    }

    private void leaveContainer(Peer.InContainer party, @Nullable NetnsState sight, InetAddress to) {
        if (sight == null) {
            return;
        }
        InetAddress source = RouteLookup.source(to, sight);
        switch (RouteLookup.to(to, sight)) {
            case Route.Local() -> {
                journey.ok(
                        Stage.ROUTE,
                        Message.of("route.inside", party.name()),
                        Message.of("route.ownAddress"),
                        spot(party));
                new Delivery(journey).listens(packet(to, to), party.name(), sight, spot(party));
            }
            case Route.None() ->
                journey.fails(
                        Stage.ROUTE,
                        Message.of("route.containerNone", party.name(), text(to)),
                        Message.of("noRoute"),
                        Message.of("route.containerNone.why"),
                        noRoute(party.asked()),
                        spot(party));
            case Route.Via(String device, InetAddress gateway) -> {
                AttachedEndpoint plug = AttachedEndpoint.by(device, party, journey.topology());
                if (plug == null || source == null) {
                    journey.unknown(
                            Stage.ROUTE,
                            Message.of("route.containerBy", party.name(), device),
                            Message.of("link.unknown"));
                } else {
                    leavePlug(plug, packet(source, to), gateway);
                }
            }
        }
    }

    private void leavePlug(AttachedEndpoint plug, Packet packet, @Nullable InetAddress gateway) {
        String by = plug.endpoint().interfaceName() + (gateway == null ? "" : " via " + text(gateway));
        Location[] spots = {
            new Location.OfContainer(plug.container().id()),
            new Location.OfEndpoint(plug.container().id(), plug.network().id()),
            new Location.OfNetwork(plug.network().id())
        };
        journey.ok(
                Stage.ROUTE,
                Message.of("route.sendsAs", plug.container().name(), text(packet.source())),
                Message.verbatim(by),
                spots);
        if (!plug.network().driver().is(Driver.BRIDGE)) {
            journey.unknown(
                    Stage.PLUG,
                    Message.of("plug.macvlan", plug.network().name()),
                    Message.of("plug.macvlan.why"),
                    spots);
            return;
        }
        ForwardPath crossing = new ForwardPath(journey, from);
        if (!new Delivery(journey).isPlugged(plug)) {
            return;
        }
        if (gateway == null && !journey.isHosts(packet.destination())) {
            crossing.bridged(packet, plug.network());
        } else {
            crossing.arrive(packet.through(plug.network().bridge(), ""));
        }
    }

    private void leaveHost(Peer.Host party, InetAddress to) {
        InetAddress source = RouteLookup.source(to, party.sight());
        String device = RouteLookup.device(to, party.sight());
        if (device.isEmpty()) {
            journey.fails(
                    Stage.ROUTE,
                    Message.of("route.none", text(to)),
                    Message.of("noRoute"),
                    Message.of("route.none.why"),
                    null,
                    new Location.OfHost());
            return;
        }
        if (source == null) {
            journey.unknown(
                    Stage.ROUTE, Message.of("route.by", device), Message.of("route.noSource"), new Location.OfHost());
            return;
        }
        journey.ok(
                Stage.ROUTE,
                Message.of("route.sendsAs", party.name(), text(source)),
                Message.verbatim(device),
                new Location.OfHost());
        jack();
        new ForwardPath(journey, from).send(packet(source, to).through("", device));
    }

    private void leaveOutside(Peer.Outside world, InetAddress to) {
        NetnsState host = journey.readings().host();
        NetnsState outside = world.sight();
        InetAddress source = outside == null ? target.outside(host) : RouteLookup.source(to, outside);
        if (outside != null && RouteLookup.device(to, outside).isEmpty()) {
            journey.fails(
                    Stage.ROUTE,
                    Message.of("route.outsideNone", text(to)),
                    Message.of("noRoute"),
                    Message.of("route.outsideNone.why"),
                    target.container() == null ? null : new RemedyFinder(journey).publish(target.container()));
            return;
        }
        String device = source == null ? "" : RouteLookup.device(source, host);
        if (source == null || device.isEmpty()) {
            journey.unknown(Stage.ROUTE, Message.of("route.outsideTo", text(to)), Message.of("route.outsideTo.why"));
            return;
        }
        journey.ok(
                Stage.ROUTE,
                Message.of("route.outsideAs", text(source)),
                Message.verbatim(device),
                new Location.OfLink(device));
        jack();
        new ForwardPath(journey, from).arrive(packet(source, to).through(device, ""));
    }

    private void jack() {
        if (target.binding() != null) {
            boolean any = target.binding().hostAddress().isAnyLocalAddress();
            journey.ok(
                    Stage.JACK,
                    Message.of("jack", target.port()),
                    any
                            ? Message.of("jack.everywhere")
                            : Message.of("jack.only", text(target.binding().hostAddress())),
                    new Location.OfPort(target.binding().id()));
        }
    }

    private @Nullable Remedy noRoute(Container container) {
        RemedyFinder remedies = new RemedyFinder(journey);
        Remedy connect = remedies.connect(container, target.container());
        return connect == null ? remedies.wayOut(container) : connect;
    }

    private Packet packet(InetAddress source, InetAddress to) {
        return Packet.first(journey.question().protocol(), source, to, target.port());
    }

    private static Location spot(Peer.InContainer party) {
        return new Location.OfContainer(party.asked().id());
    }

    private static String text(InetAddress address) {
        return Addresses.format(address);
    }
}
