package dev.patchbay.core.reachability;

import dev.patchbay.core.packet.Packet;
import dev.patchbay.core.packet.Verdict;
import dev.patchbay.core.reachability.Hop.Mark;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.core.reachability.Party.Plugged;
import dev.patchbay.core.reachability.Routing.Way;
import dev.patchbay.engine.protocol.Passage;
import dev.patchbay.engine.protocol.Reply.Sight;
import dev.patchbay.engine.spec.Addresses;
import dev.patchbay.engine.spec.Family;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// The first answer: it needs a route, rules that let it pass, and what was rewritten must be put back on the way.
final class WayBack {
    private final Journey journey;
    private final Origin origin;
    private final Sight host;

    WayBack(Journey journey, Origin origin) {
        this.journey = journey;
        this.origin = origin;
        this.host = journey.readings().host();
    }

    void fromContainer(Packet packet, Party.Inside party, Sight sight) {
        InetAddress back = packet.source();
        switch (Routing.to(back, sight)) {
            case Way.Local() -> fine();
            case Way.None() ->
                journey.fails(
                        Stage.BACK,
                        party.name() + " has no route back to " + Addresses.text(back),
                        "no route",
                        "The packet arrives, and the answer finds no way.",
                        new Remedies(journey).wayOut(party.asked()),
                        new Spot.OfContainer(party.asked().id()));
            case Way.Over(String device, InetAddress gateway) -> {
                Plugged plug = Plugged.by(device, party, journey.topology());
                if (plug == null) {
                    journey.unknown(
                            Stage.BACK, "answers leave by " + device, "unknown", "Nothing is known of that link.");
                } else if (gateway == null && !journey.isHosts(back)) {
                    bridged(packet, plug.network().bridge());
                } else {
                    arrive(packet, plug.network().bridge());
                }
            }
        }
    }

    void fromHost(Packet packet) {
        String out = Routing.device(origin.source(), host);
        Packet answer = packet.answered().through("", out);
        if (out.isEmpty()) {
            noRoute(origin.source());
        } else if (passes("raw", "OUTPUT", answer)
                && passes("mangle", "OUTPUT", answer)
                && passes("filter", "OUTPUT", answer)
                && (!out.equals("lo") || passes("filter", "INPUT", answer.through("lo", "")))) {
            fine();
        }
    }

    void fromOutside(Packet packet, @Nullable Sight outside) {
        InetAddress back = packet.source();
        boolean known = outside == null
                ? journey.isHosts(back)
                : !Routing.device(back, outside).isEmpty();
        if (known) {
            arrive(packet, packet.out());
        } else if (outside == null) {
            journey.unknown(
                    Stage.BACK,
                    "answers to " + Addresses.text(back),
                    "unknown",
                    "Whether anybody outside has a route to that address is not known here.");
        } else {
            journey.fails(
                    Stage.BACK,
                    "outside has no route back to " + Addresses.text(back),
                    "not masqueraded",
                    "The packet leaves with an address that nobody outside knows.",
                    new Remedy.ByHand("Only a network that masquerades gets answers from outside"));
        }
    }

    /// From one plug to another of the same bridge.
    private void bridged(Packet packet, String bridge) {
        Passage passage = host.passage();
        boolean seen =
                journey.question().family() == Family.IPV4 ? passage.filtersBridged() : passage.filtersBridged6();
        Packet answer = packet.answered().through(bridge, bridge);
        if (seen) {
            if (passes("raw", "PREROUTING", answer.through(bridge, "")) && forwards(answer)) {
                fine();
            }
        } else if (packet.translated()) {
            journey.fails(
                    Stage.BACK,
                    "answers pass this machine by",
                    bridge,
                    "Whoever asked gets an answer from an address that it did not ask, since rules do not see bridged packets.",
                    new Remedy.ByHand("Let rules see them: sysctl -w net.bridge.bridge-nf-call-iptables=1"));
        } else {
            fine();
        }
    }

    /// On the host, which puts back what it rewrote.
    private void arrive(Packet packet, String in) {
        Packet answer = packet.answered().through(in, "");
        if (!passes("raw", "PREROUTING", answer) || !isPlausible(answer.source(), in)) {
            return;
        }
        Packet back = answer.addressedTo(origin.source());
        if (!passes("mangle", "PREROUTING", back)) {
            return;
        }
        if (journey.isHosts(origin.source())) {
            if (passes("mangle", "INPUT", back) && passes("filter", "INPUT", back)) {
                fine();
            }
            return;
        }
        String out = Routing.device(origin.source(), host);
        if (out.isEmpty()) {
            noRoute(origin.source());
        } else if (forwards(back.through(in, out))) {
            fine();
        }
    }

    private boolean isPlausible(InetAddress source, String in) {
        String expected = Routing.device(source, host);
        if (Family.of(source) == Family.IPV4 && host.passage().strict().contains(in) && !expected.equals(in)) {
            return journey.fails(
                    Stage.BACK,
                    "no answers from " + Addresses.text(source) + " by " + in,
                    "rp_filter = 1",
                    "Answers come by another link than this machine expects, and it drops them.",
                    new Remedy.ByHand("Be less strict: sysctl -w net.ipv4.conf." + in + ".rp_filter=2"));
        }
        return true;
    }

    private boolean forwards(Packet answer) {
        return passes("mangle", "FORWARD", answer)
                && passes("filter", "FORWARD", answer)
                && passes("mangle", "POSTROUTING", answer);
    }

    private boolean passes(String table, String hook, Packet answer) {
        Verdict verdict = journey.ask(table, hook, answer);
        return switch (verdict.kind()) {
            case ACCEPTED, TRANSLATED, DISGUISED, MASQUERADED -> true;
            case UNKNOWN -> {
                journey.add(
                        Stage.BACK,
                        Mark.UNKNOWN,
                        "answers: " + HookWords.title(table, hook, answer),
                        HookWords.detail(verdict, hook),
                        verdict,
                        "");
                yield true;
            }
            case DROPPED, REJECTED -> {
                String title = "answers: " + HookWords.title(table, hook, answer);
                journey.stopped(Stage.BACK, title, table, hook, answer, verdict);
                yield false;
            }
        };
    }

    private void noRoute(InetAddress to) {
        journey.fails(
                Stage.BACK,
                "no route back to " + Addresses.text(to),
                "no route",
                "This machine knows no way back.",
                null,
                new Spot.OfHost());
    }

    private void fine() {
        journey.ok(Stage.BACK, "answers come back", origin.bridged() ? "the same way" : "by connection tracking");
    }
}
