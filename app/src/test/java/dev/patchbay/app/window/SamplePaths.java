package dev.patchbay.app.window;

import dev.patchbay.app.canvas.TestTopologyBuilder;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.Message;
import dev.patchbay.core.reachability.Hop;
import dev.patchbay.core.reachability.Hop.Evidence;
import dev.patchbay.core.reachability.Hop.Stage;
import dev.patchbay.core.reachability.Hop.Status;
import dev.patchbay.core.reachability.Location;
import dev.patchbay.core.reachability.PathEnd;
import dev.patchbay.core.reachability.ReachabilityQuery;
import dev.patchbay.core.reachability.Remedy;
import dev.patchbay.core.reachability.TracedPath;
import dev.patchbay.core.reachability.TracedPath.Verdict;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.Protocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ways of packets, as a real Lab tells them (see `ReachabilityWindowTest`).
final class SamplePaths {
    private static final Id WEB01 = TestTopologyBuilder.id("web01");
    private static final Id API = TestTopologyBuilder.id("api");
    private static final Id RESOLVER = TestTopologyBuilder.id("resolver");
    private static final Id MINE = TestTopologyBuilder.id("mydockernet");
    private static final Id DNS = TestTopologyBuilder.id("dns-lab");

    private SamplePaths() {}

    static TracedPath published() {
        return explained(
                new ReachabilityQuery(
                        new PathEnd.Outside(), new PathEnd.InContainer(WEB01), Protocol.TCP, 80, Family.IPV4),
                Message.of("way", Message.of("outside"), "web01", "80/tcp"),
                Verdict.REACHABLE,
                null,
                hop(
                        Stage.ROUTE,
                        Message.of("route.outsideAs", "192.0.2.1"),
                        Message.verbatim("eth0"),
                        new Location.OfLink("eth0")),
                hop(
                        Stage.PUBLISHED_PORT,
                        Message.of("jack", 8080),
                        Message.of("jack.everywhere"),
                        new Location.OfPort(TestTopologyBuilder.id("0.0.0.0:8080/tcp"))),
                hop(Stage.CHAIN, Message.verbatim("nat PREROUTING → PATCHBAY"), Message.verbatim("dst-type LOCAL")),
                observed(
                        Stage.TRANSLATION,
                        Message.of("dnat", "172.18.0.2:80"),
                        Message.of("dnat.rule", 1, Message.of("hook.packets", 84))),
                observed(
                        Stage.FILTER,
                        Message.verbatim("FORWARD → " + Ownership.bridgeName(MINE)),
                        Message.of("hook.byRule", Message.of("hook.accepted"), Message.of("hook.rule", 1, "PATCHBAY")),
                        new Location.OfNetwork(MINE)),
                hop(
                        Stage.ENDPOINT,
                        Message.verbatim("mydockernet → web01"),
                        Message.of("plug.interface", "eth0", "web01"),
                        new Location.OfEndpoint(WEB01, MINE)),
                hop(
                        Stage.LISTENER,
                        Message.of("listener", "web01", "80/tcp"),
                        Message.of("listener.process", 4711),
                        new Location.OfContainer(WEB01)),
                hop(Stage.REPLY, Message.of("back"), Message.of("back.tracked")),
                probed(Status.OK, Message.of("probe.connected"), Message.of("probe.time", 2, 5)));
    }

    static TracedPath blocked() {
        return explained(
                new ReachabilityQuery(
                        new PathEnd.InContainer(API), new PathEnd.InContainer(RESOLVER), Protocol.UDP, 53, Family.IPV4),
                Message.of("way", "api", "resolver", "53/udp"),
                Verdict.BLOCKED,
                new Remedy.ByChange(
                        Message.of("remedy.connect", "api", "dns-lab"),
                        new Change.Connect("api", EndpointRequest.on("dns-lab"))),
                hop(Stage.NAME, Message.of("name", "resolver", "172.20.0.2"), Message.of("name.none")),
                sentByApi(),
                new Hop(
                        Stage.FILTER,
                        Status.FAILS,
                        Evidence.DERIVED,
                        Message.verbatim("FORWARD → " + Ownership.bridgeName(DNS)),
                        Message.of(
                                "hook.byRule",
                                Message.of("hook.dropped"),
                                Message.of("hook.rule", 2, "PATCHBAY-ISOLATION-STAGE-2")),
                        Message.of("rule.isolated", "dns-lab"),
                        List.of(),
                        "",
                        List.of(new Location.OfNetwork(DNS))),
                probed(Status.FAILS, Message.of("probe.silent"), Message.of("probe.time", 1502, 1)));
    }

    private static Hop sentByApi() {
        return hop(
                Stage.ROUTE,
                Message.of("route.sendsAs", "api", "172.18.0.4"),
                Message.verbatim("eth0 via 172.18.0.1"),
                new Location.OfContainer(API),
                new Location.OfEndpoint(API, MINE),
                new Location.OfNetwork(MINE),
                new Location.OfHost());
    }

    /// Of a network that does not masquerade, to somebody outside.
    static TracedPath unanswered() {
        return explained(
                new ReachabilityQuery(
                        new PathEnd.InContainer(API), new PathEnd.Outside(), Protocol.TCP, 443, Family.IPV4),
                Message.of("way", "api", Message.of("outside"), "443/tcp"),
                Verdict.BLOCKED,
                new Remedy.ByHand(Message.of("back.outsideNone.remedy")),
                sentByApi(),
                hop(
                        Stage.FILTER,
                        Message.verbatim("FORWARD → eth0"),
                        Message.of("hook.policy", Message.of("hook.accepted"), "FORWARD"),
                        new Location.OfHost()),
                hop(
                        Stage.ENDPOINT,
                        Message.of("plug.leaves", "eth0"),
                        Message.of("plug.leavesTo", "192.0.2.1"),
                        new Location.OfLink("eth0")),
                hop(
                        Stage.LISTENER,
                        Message.of("listener", Message.of("outsideWorld"), "443/tcp"),
                        Message.of("listener.process", 812)),
                new Hop(
                        Stage.REPLY,
                        Status.FAILS,
                        Evidence.DERIVED,
                        Message.of("back.outsideNone", "172.18.0.4"),
                        Message.of("notMasqueraded"),
                        Message.of("back.outsideNone.why"),
                        List.of(),
                        "",
                        List.of()),
                probed(Status.FAILS, Message.of("probe.silent"), Message.of("probe.time", 1502, 1)));
    }

    private static TracedPath explained(
            ReachabilityQuery question, Message title, Verdict verdict, @Nullable Remedy remedy, Hop... hops) {
        return new TracedPath(question, title, verdict, List.of(hops), null, remedy);
    }

    private static Hop hop(Stage stage, Message title, Message detail, Location... spots) {
        return new Hop(stage, Status.OK, Evidence.DERIVED, title, detail, Message.EMPTY, List.of(), "", List.of(spots));
    }

    private static Hop observed(Stage stage, Message title, Message detail, Location... spots) {
        return new Hop(
                stage, Status.OK, Evidence.OBSERVED, title, detail, Message.EMPTY, List.of(), "", List.of(spots));
    }

    private static Hop probed(Status mark, Message title, Message detail) {
        return new Hop(Stage.PROBE, mark, Evidence.PROBED, title, detail, Message.EMPTY, List.of(), "", List.of());
    }
}
