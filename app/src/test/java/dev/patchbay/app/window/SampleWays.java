package dev.patchbay.app.window;

import dev.patchbay.app.canvas.TopologyBuilder;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.Phrase;
import dev.patchbay.core.reachability.End;
import dev.patchbay.core.reachability.Explanation;
import dev.patchbay.core.reachability.Hop;
import dev.patchbay.core.reachability.Hop.Ground;
import dev.patchbay.core.reachability.Hop.Mark;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.core.reachability.Path;
import dev.patchbay.core.reachability.Path.Verdict;
import dev.patchbay.core.reachability.Question;
import dev.patchbay.core.reachability.Remedy;
import dev.patchbay.core.reachability.Spot;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.spec.NetworkSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ways of packets, as a real Lab tells them (see `ReachabilityWindowTest`).
final class SampleWays {
    private static final Id WEB01 = TopologyBuilder.id("web01");
    private static final Id API = TopologyBuilder.id("api");
    private static final Id RESOLVER = TopologyBuilder.id("resolver");
    private static final Id MINE = TopologyBuilder.id("mydockernet");
    private static final Id DNS = TopologyBuilder.id("dns-lab");

    private SampleWays() {}

    static Explanation published() {
        return explained(
                new Question(new End.Outside(), new End.InContainer(WEB01), Protocol.TCP, 80, Family.IPV4),
                Phrase.of("way", Phrase.of("outside"), "web01", "80/tcp"),
                Verdict.REACHABLE,
                null,
                hop(
                        Stage.ROUTE,
                        Phrase.of("route.outsideAs", "192.0.2.1"),
                        Phrase.verbatim("eth0"),
                        new Spot.OfLink("eth0")),
                hop(
                        Stage.JACK,
                        Phrase.of("jack", 8080),
                        Phrase.of("jack.everywhere"),
                        new Spot.OfPort(TopologyBuilder.id("0.0.0.0:8080/tcp"))),
                hop(Stage.CHAIN, Phrase.verbatim("nat PREROUTING → PATCHBAY"), Phrase.verbatim("dst-type LOCAL")),
                observed(
                        Stage.TRANSLATION,
                        Phrase.of("dnat", "172.18.0.2:80"),
                        Phrase.of("dnat.rule", 1, Phrase.of("hook.packets", 84))),
                observed(
                        Stage.FILTER,
                        Phrase.verbatim("FORWARD → " + NetworkSpec.bridgeName(MINE)),
                        Phrase.of("hook.byRule", Phrase.of("hook.accepted"), Phrase.of("hook.rule", 1, "PATCHBAY")),
                        new Spot.OfNetwork(MINE)),
                hop(
                        Stage.PLUG,
                        Phrase.verbatim("mydockernet → web01"),
                        Phrase.of("plug.interface", "eth0", "web01"),
                        new Spot.OfPlug(WEB01, MINE)),
                hop(
                        Stage.LISTENER,
                        Phrase.of("listener", "web01", "80/tcp"),
                        Phrase.of("listener.process", 4711),
                        new Spot.OfContainer(WEB01)),
                hop(Stage.BACK, Phrase.of("back"), Phrase.of("back.tracked")),
                probed(Mark.OK, Phrase.of("probe.connected"), Phrase.of("probe.time", 2, 5)));
    }

    static Explanation blocked() {
        return explained(
                new Question(new End.InContainer(API), new End.InContainer(RESOLVER), Protocol.UDP, 53, Family.IPV4),
                Phrase.of("way", "api", "resolver", "53/udp"),
                Verdict.BLOCKED,
                new Remedy.ByChange(
                        Phrase.of("remedy.connect", "api", "dns-lab"),
                        new Change.Connect("api", EndpointRequest.on("dns-lab"))),
                hop(Stage.NAME, Phrase.of("name", "resolver", "172.20.0.2"), Phrase.of("name.none")),
                sentByApi(),
                new Hop(
                        Stage.FILTER,
                        Mark.FAILS,
                        Ground.DERIVED,
                        Phrase.verbatim("FORWARD → " + NetworkSpec.bridgeName(DNS)),
                        Phrase.of(
                                "hook.byRule",
                                Phrase.of("hook.dropped"),
                                Phrase.of("hook.rule", 2, "PATCHBAY-ISOLATION-STAGE-2")),
                        Phrase.of("rule.isolated", "dns-lab"),
                        List.of(),
                        "",
                        List.of(new Spot.OfNetwork(DNS))),
                probed(Mark.FAILS, Phrase.of("probe.silent"), Phrase.of("probe.time", 1502, 1)));
    }

    private static Hop sentByApi() {
        return hop(
                Stage.ROUTE,
                Phrase.of("route.sendsAs", "api", "172.18.0.4"),
                Phrase.verbatim("eth0 via 172.18.0.1"),
                new Spot.OfContainer(API),
                new Spot.OfPlug(API, MINE),
                new Spot.OfNetwork(MINE),
                new Spot.OfHost());
    }

    /// Of a network that does not masquerade, to somebody outside.
    static Explanation unanswered() {
        return explained(
                new Question(new End.InContainer(API), new End.Outside(), Protocol.TCP, 443, Family.IPV4),
                Phrase.of("way", "api", Phrase.of("outside"), "443/tcp"),
                Verdict.BLOCKED,
                new Remedy.ByHand(Phrase.of("back.outsideNone.remedy")),
                sentByApi(),
                hop(
                        Stage.FILTER,
                        Phrase.verbatim("FORWARD → eth0"),
                        Phrase.of("hook.policy", Phrase.of("hook.accepted"), "FORWARD"),
                        new Spot.OfHost()),
                hop(
                        Stage.PLUG,
                        Phrase.of("plug.leaves", "eth0"),
                        Phrase.of("plug.leavesTo", "192.0.2.1"),
                        new Spot.OfLink("eth0")),
                hop(
                        Stage.LISTENER,
                        Phrase.of("listener", Phrase.of("outsideWorld"), "443/tcp"),
                        Phrase.of("listener.process", 812)),
                new Hop(
                        Stage.BACK,
                        Mark.FAILS,
                        Ground.DERIVED,
                        Phrase.of("back.outsideNone", "172.18.0.4"),
                        Phrase.of("notMasqueraded"),
                        Phrase.of("back.outsideNone.why"),
                        List.of(),
                        "",
                        List.of()),
                probed(Mark.FAILS, Phrase.of("probe.silent"), Phrase.of("probe.time", 1502, 1)));
    }

    private static Explanation explained(
            Question question, Phrase title, Verdict verdict, @Nullable Remedy remedy, Hop... hops) {
        return new Explanation.Explained(new Path(question, title, verdict, List.of(hops), null, remedy));
    }

    private static Hop hop(Stage stage, Phrase title, Phrase detail, Spot... spots) {
        return new Hop(stage, Mark.OK, Ground.DERIVED, title, detail, Phrase.NONE, List.of(), "", List.of(spots));
    }

    private static Hop observed(Stage stage, Phrase title, Phrase detail, Spot... spots) {
        return new Hop(stage, Mark.OK, Ground.OBSERVED, title, detail, Phrase.NONE, List.of(), "", List.of(spots));
    }

    private static Hop probed(Mark mark, Phrase title, Phrase detail) {
        return new Hop(Stage.PROBE, mark, Ground.PROBED, title, detail, Phrase.NONE, List.of(), "", List.of());
    }
}
