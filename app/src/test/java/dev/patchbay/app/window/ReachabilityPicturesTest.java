package dev.patchbay.app.window;

import dev.patchbay.app.canvas.TopologyBuilder;
import dev.patchbay.app.text.Language;
import dev.patchbay.app.viewmodel.reachability.EndChoice;
import dev.patchbay.core.Change;
import dev.patchbay.core.EndpointRequest;
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
import dev.patchbay.engine.spec.Family;
import dev.patchbay.engine.spec.Id;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.Protocol;
import java.io.IOException;
import java.util.List;
import javafx.scene.control.ComboBox;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Ways of packets, as a real Lab tells them (see `ReachabilityWindowTest`).
class ReachabilityPicturesTest extends WindowPictures {
    private static final int OVERVIEW = 0;
    private static final int REACHABILITY = 3;
    private static final Id WEB01 = TopologyBuilder.id("web01");
    private static final Id API = TopologyBuilder.id("api");
    private static final Id RESOLVER = TopologyBuilder.id("resolver");
    private static final Id MINE = TopologyBuilder.id("mydockernet");
    private static final Id DNS = TopologyBuilder.id("dns-lab");

    ReachabilityPicturesTest() {
        super(Language.ENGLISH);
    }

    @Test
    void aPublishedPort() throws IOException {
        fake.explanation = published();
        open();
        select(container("web01"));
        tab("#inspectorTabs", OVERVIEW);
        expectDarkAndLight("reachability-glance");
        tab("#inspectorTabs", REACHABILITY);
        fire("#check");
        expectDarkAndLight("reachability-published");
    }

    @Test
    void aNeighbourOfAnotherNetwork() throws IOException {
        fake.explanation = blocked();
        open();
        select(container("resolver"));
        tab("#inspectorTabs", REACHABILITY);
        interact(() -> {
            ComboBox<?> from = find("#reachabilityFrom", ComboBox.class);
            for (int i = 0; i < from.getItems().size(); i++) {
                if (from.getItems().get(i) instanceof EndChoice choice
                        && choice.name().equals("api")) {
                    from.getSelectionModel().select(i);
                }
            }
        });
        fire("#check");
        expectDarkAndLight("reachability-blocked");
    }

    private static Explanation published() {
        return explained(
                new Question(new End.Outside(), new End.InContainer(WEB01), Protocol.TCP, 80, Family.IPV4),
                "outside → web01:80/tcp",
                Verdict.REACHABLE,
                null,
                hop(Stage.ROUTE, "outside sends as 192.0.2.1", "eth0", new Spot.OfLink("eth0")),
                hop(Stage.JACK, "host:8080", "any interface", new Spot.OfPort(TopologyBuilder.id("0.0.0.0:8080/tcp"))),
                hop(Stage.CHAIN, "nat PREROUTING → PATCHBAY", "dst-type LOCAL"),
                observed(Stage.TRANSLATION, "DNAT to 172.18.0.2:80", "rule 1, 84 packets"),
                observed(
                        Stage.FILTER,
                        "FORWARD → " + NetworkSpec.bridgeName(MINE),
                        "accepted, rule 1 of PATCHBAY",
                        new Spot.OfNetwork(MINE)),
                hop(Stage.PLUG, "mydockernet → web01", "eth0 of web01", new Spot.OfPlug(WEB01, MINE)),
                hop(Stage.LISTENER, "web01 listens on 80/tcp", "pid 4711", new Spot.OfContainer(WEB01)),
                hop(Stage.BACK, "answers come back", "by connection tracking"),
                probed(Mark.OK, "connected", "2.5 ms"));
    }

    private static Explanation blocked() {
        return explained(
                new Question(new End.InContainer(API), new End.InContainer(RESOLVER), Protocol.UDP, 53, Family.IPV4),
                "api → resolver:53/udp",
                Verdict.BLOCKED,
                new Remedy.ByChange("Connect api to dns-lab", new Change.Connect("api", EndpointRequest.on("dns-lab"))),
                hop(Stage.NAME, "resolver is 172.20.0.2", "by address, not by name"),
                hop(
                        Stage.ROUTE,
                        "api sends as 172.18.0.4",
                        "eth0 via 172.18.0.1",
                        new Spot.OfContainer(API),
                        new Spot.OfPlug(API, MINE),
                        new Spot.OfNetwork(MINE),
                        new Spot.OfHost()),
                new Hop(
                        Stage.FILTER,
                        Mark.FAILS,
                        Ground.DERIVED,
                        "FORWARD → " + NetworkSpec.bridgeName(DNS),
                        "dropped, rule 2 of PATCHBAY-ISOLATION-STAGE-2",
                        "A packet that comes from another network and would go into dns-lab is dropped: networks are"
                                + " kept apart.",
                        List.of(),
                        "",
                        List.of(new Spot.OfNetwork(DNS))),
                probed(Mark.FAILS, "no answer", "1502.1 ms"));
    }

    private static Explanation explained(
            Question question, String title, Verdict verdict, @Nullable Remedy remedy, Hop... hops) {
        return new Explanation.Explained(new Path(question, title, verdict, List.of(hops), null, remedy));
    }

    private static Hop hop(Stage stage, String title, String detail, Spot... spots) {
        return new Hop(stage, Mark.OK, Ground.DERIVED, title, detail, "", List.of(), "", List.of(spots));
    }

    private static Hop observed(Stage stage, String title, String detail, Spot... spots) {
        return new Hop(stage, Mark.OK, Ground.OBSERVED, title, detail, "", List.of(), "", List.of(spots));
    }

    private static Hop probed(Mark mark, String title, String detail) {
        return new Hop(Stage.PROBE, mark, Ground.PROBED, title, detail, "", List.of(), "", List.of());
    }
}
