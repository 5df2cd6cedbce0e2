package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Phrase;
import dev.patchbay.core.packet.Packet;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.core.reachability.Party.Plugged;
import dev.patchbay.core.reachability.Routing.Way;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.protocol.Reply.NetnsState;
import dev.patchbay.engine.spec.Driver;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Works the answer out: the packet leaves its sender, crosses the host, arrives, and is answered.
public final class Derivation {
    private final Journey journey;
    private final Party from;
    private final Target target;

    private Derivation(Journey journey, Party from, Target target) {
        this.journey = journey;
        this.from = from;
        this.target = target;
    }

    public static Path derive(Question question, Readings readings) {
        Journey journey = new Journey(question, readings);
        Party from = Party.of(question.from(), readings);
        Party to = Party.of(question.to(), readings);
        if (from == null || to == null) {
            journey.fails(Stage.END, Phrase.of("gone"), Phrase.NONE, Phrase.of("gone.either"), null);
            return journey.path(Phrase.NONE);
        }
        Phrase title = question.protocol() == null
                ? Phrase.of("way.ping", from.name(), to.name())
                : Phrase.of("way", from.name(), to.name(), question.service());
        if (isThere(from, journey) && isThere(to, journey)) {
            Target target = Target.choose(from, to, journey);
            if (target != null) {
                journey.aimAt(target.address(), target.port());
                new Derivation(journey, from, target).leave();
            }
        }
        return journey.path(title);
    }

    private static boolean isThere(Party party, Journey journey) {
        return switch (party) {
            case Party.Host _, Party.World _ -> true;
            case Party.Inside(var asked, var plugged, var sight) -> {
                Spot spot = new Spot.OfContainer(asked.id());
                if (!asked.running()) {
                    yield journey.fails(
                            Stage.END,
                            Phrase.of("end.stopped", asked.name()),
                            Phrase.of("stopped"),
                            Phrase.of("end.stopped.why"),
                            Remedies.start(asked),
                            spot);
                }
                if (plugged.endpoints().isEmpty()) {
                    yield journey.fails(
                            Stage.END,
                            Phrase.of("end.alone", asked.name()),
                            Phrase.NONE,
                            Phrase.of("end.alone.why"),
                            new Remedies(journey).wayOut(asked),
                            spot);
                }
                if (sight == null) {
                    journey.unknown(Stage.END, Phrase.of("end.dark", asked.name()), Phrase.of("end.dark.why"), spot);
                    yield false;
                }
                yield true;
            }
        };
    }

    private void leave() {
        InetAddress to = target.address();
        switch (from) {
            case Party.Inside inside -> leaveContainer(inside, inside.sight(), to);
            case Party.Host host -> leaveHost(host, to);
            case Party.World world -> leaveOutside(world, to);
        }
    }

    private void leaveContainer(Party.Inside party, @Nullable NetnsState sight, InetAddress to) {
        if (sight == null) {
            return;
        }
        InetAddress source = Routing.source(to, sight);
        switch (Routing.to(to, sight)) {
            case Way.Local() -> {
                journey.ok(
                        Stage.ROUTE,
                        Phrase.of("route.inside", party.name()),
                        Phrase.of("route.ownAddress"),
                        spot(party));
                new Arrival(journey).listens(packet(to, to), party.name(), sight, spot(party));
            }
            case Way.None() ->
                journey.fails(
                        Stage.ROUTE,
                        Phrase.of("route.containerNone", party.name(), text(to)),
                        Phrase.of("noRoute"),
                        Phrase.of("route.containerNone.why"),
                        noRoute(party.asked()),
                        spot(party));
            case Way.Over(String device, InetAddress gateway) -> {
                Plugged plug = Plugged.by(device, party, journey.topology());
                if (plug == null || source == null) {
                    journey.unknown(
                            Stage.ROUTE,
                            Phrase.of("route.containerBy", party.name(), device),
                            Phrase.of("link.unknown"));
                } else {
                    leavePlug(plug, packet(source, to), gateway);
                }
            }
        }
    }

    private void leavePlug(Plugged plug, Packet packet, @Nullable InetAddress gateway) {
        String by = plug.endpoint().interfaceName() + (gateway == null ? "" : " via " + text(gateway));
        Spot[] spots = {
            new Spot.OfContainer(plug.container().id()),
            new Spot.OfPlug(plug.container().id(), plug.network().id()),
            new Spot.OfNetwork(plug.network().id())
        };
        journey.ok(
                Stage.ROUTE,
                Phrase.of("route.sendsAs", plug.container().name(), text(packet.source())),
                Phrase.verbatim(by),
                spots);
        if (!plug.network().driver().is(Driver.BRIDGE)) {
            journey.unknown(
                    Stage.PLUG, Phrase.of("plug.macvlan", plug.network().name()), Phrase.of("plug.macvlan.why"), spots);
            return;
        }
        Crossing crossing = new Crossing(journey, from);
        if (!new Arrival(journey).isPlugged(plug)) {
            return;
        }
        if (gateway == null && !journey.isHosts(packet.destination())) {
            crossing.bridged(packet, plug.network());
        } else {
            crossing.arrive(packet.through(plug.network().bridge(), ""));
        }
    }

    private void leaveHost(Party.Host party, InetAddress to) {
        InetAddress source = Routing.source(to, party.sight());
        String device = Routing.device(to, party.sight());
        if (device.isEmpty()) {
            journey.fails(
                    Stage.ROUTE,
                    Phrase.of("route.none", text(to)),
                    Phrase.of("noRoute"),
                    Phrase.of("route.none.why"),
                    null,
                    new Spot.OfHost());
            return;
        }
        if (source == null) {
            journey.unknown(Stage.ROUTE, Phrase.of("route.by", device), Phrase.of("route.noSource"), new Spot.OfHost());
            return;
        }
        journey.ok(
                Stage.ROUTE,
                Phrase.of("route.sendsAs", party.name(), text(source)),
                Phrase.verbatim(device),
                new Spot.OfHost());
        jack();
        new Crossing(journey, from).send(packet(source, to).through("", device));
    }

    private void leaveOutside(Party.World world, InetAddress to) {
        NetnsState host = journey.readings().host();
        NetnsState outside = world.sight();
        InetAddress source = outside == null ? target.outside(host) : Routing.source(to, outside);
        if (outside != null && Routing.device(to, outside).isEmpty()) {
            journey.fails(
                    Stage.ROUTE,
                    Phrase.of("route.outsideNone", text(to)),
                    Phrase.of("noRoute"),
                    Phrase.of("route.outsideNone.why"),
                    target.container() == null ? null : new Remedies(journey).publish(target.container()));
            return;
        }
        String device = source == null ? "" : Routing.device(source, host);
        if (source == null || device.isEmpty()) {
            journey.unknown(Stage.ROUTE, Phrase.of("route.outsideTo", text(to)), Phrase.of("route.outsideTo.why"));
            return;
        }
        journey.ok(
                Stage.ROUTE,
                Phrase.of("route.outsideAs", text(source)),
                Phrase.verbatim(device),
                new Spot.OfLink(device));
        jack();
        new Crossing(journey, from).arrive(packet(source, to).through(device, ""));
    }

    private void jack() {
        if (target.binding() != null) {
            boolean any = target.binding().hostAddress().isAnyLocalAddress();
            journey.ok(
                    Stage.JACK,
                    Phrase.of("jack", target.port()),
                    any
                            ? Phrase.of("jack.everywhere")
                            : Phrase.of("jack.only", text(target.binding().hostAddress())),
                    new Spot.OfPort(target.binding().id()));
        }
    }

    private @Nullable Remedy noRoute(Container container) {
        Remedies remedies = new Remedies(journey);
        Remedy connect = remedies.connect(container, target.container());
        return connect == null ? remedies.wayOut(container) : connect;
    }

    private Packet packet(InetAddress source, InetAddress to) {
        return Packet.first(journey.question().protocol(), source, to, target.port());
    }

    private static Spot spot(Party.Inside party) {
        return new Spot.OfContainer(party.asked().id());
    }

    private static String text(InetAddress address) {
        return Addresses.format(address);
    }
}
