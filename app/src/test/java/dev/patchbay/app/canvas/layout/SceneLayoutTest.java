package dev.patchbay.app.canvas.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.canvas.SampleTopologies;
import dev.patchbay.app.canvas.TestTopologyBuilder;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.canvas.scene.SceneModel.CableKind;
import dev.patchbay.app.canvas.scene.SceneModel.CableView;
import dev.patchbay.app.canvas.scene.SceneModel.CardView;
import dev.patchbay.app.canvas.scene.SceneModel.JackView;
import dev.patchbay.app.canvas.scene.SceneModel.LanePart;
import dev.patchbay.app.canvas.scene.SceneModel.LaneView;
import dev.patchbay.app.canvas.scene.SceneModel.SharedNetworkView;
import dev.patchbay.app.canvas.scene.TraversalOrder;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SceneLayoutTest {
    static Stream<TestTopologyBuilder> samples() {
        return Stream.of(
                SampleTopologies.target(),
                SampleTopologies.empty(),
                SampleTopologies.seedSession(),
                SampleTopologies.shared(),
                SampleTopologies.many(60, 7),
                SampleTopologies.many(300, 12),
                SampleTopologies.hostile());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aSceneLaidOutAgainWithItsOwnArrangementIsTheSame(TestTopologyBuilder sample) {
        SceneLayout first = SceneLayout.of(sample.build(), Arrangement.none());
        assertThat(SceneLayout.of(sample.build(), first.arrangement())).isEqualTo(first);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void nothingLiesOverAnother(TestTopologyBuilder sample) {
        SceneModel scene = scene(sample);
        assertApart(scene.cards().stream().map(CardView::box).toList());
        assertApart(parts(scene).map(LanePart::box).toList());
        assertThat(scene.cards())
                .allSatisfy(card -> assertThat(parts(scene).anyMatch(part -> holds(part.box(), card.box())))
                        .as("%s hangs in a lane", card.name())
                        .isTrue());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyContainerHasACardAndEveryEndpointAPlug(TestTopologyBuilder sample) {
        SceneModel scene = scene(sample);
        assertThat(scene.cards()).hasSameSizeAs(sample.build().containers());
        assertThat(scene.plugs())
                .hasSize(sample.build().containers().stream()
                        .mapToInt(container -> container.endpoints().size())
                        .sum());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyPublishedPortHasAJackAndACableFromThereToItsContainer(TestTopologyBuilder sample) {
        SceneModel scene = scene(sample);
        sample.build().containers().forEach(container -> {
            for (PortBinding port : container.ports()) {
                JackView jack = scene.host().jacks().stream()
                        .filter(view -> view.element().equals(new CanvasElement.HostPort(port.id())))
                        .findFirst()
                        .orElseThrow();
                CableView cable = scene.cables().all().stream()
                        .filter(view -> view.element().equals(new CanvasElement.PortCable(port.id())))
                        .findFirst()
                        .orElseThrow();
                CardView card = card(scene, container.id());
                assertThat(cable.route().getFirst()).isEqualTo(jack.jack());
                assertThat(card.box().contains(cable.route().getLast()))
                        .as("the cable of %s ends on %s", port.hostPorts(), container.name())
                        .isTrue();
                assertThat(jack.ports()).isEqualTo(port.hostPorts());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("samples")
    void noCableRunsOverACardOrATitle(TestTopologyBuilder sample) {
        assertCablesAreClear(scene(sample));
    }

    @Test
    void noCableRunsOverACardOrATitleWhereALargePictureHasGrown() {
        TestTopologyBuilder sample = SampleTopologies.many(300, 12);
        SceneLayout layout = SceneLayout.of(sample.build(), Arrangement.none());
        for (int i = 0; i < 60; i++) {
            sample.container("more-" + i, "httpd:2.4", "net-3", "80/tcp")
                    .publish("more-" + i, "0.0.0.0", 20_000 + i, 80, Protocol.TCP);
            layout = layout.relayout(sample.build(), layout.arrangement(), List.of());
        }
        assertThat(layout.scene().cables().all())
                .as("the lane has grown further parts")
                .anyMatch(cable -> cable.kind() == CableKind.TRUNK);
        assertCablesAreClear(layout.scene());
    }

    private static void assertCablesAreClear(SceneModel scene) {
        List<Rect> texts = new ArrayList<>();
        parts(scene).forEach(part -> texts.addAll(List.of(part.title(), part.detail())));
        scene.cards().forEach(card -> texts.add(card.box()));
        for (CableView cable : scene.cables().all()) {
            List<Point> route = cable.route();
            // The last piece of a published cable goes into its own card, to the pin.
            int pieces = route.size() - (cable.kind() == CableKind.PUBLISHED ? 1 : 0);
            for (int i = 1; i < pieces; i++) {
                Rect piece = new Rect(route.get(i - 1).x(), route.get(i - 1).y(), 0, 0)
                        .union(new Rect(route.get(i).x(), route.get(i).y(), 0, 0));
                assertThat(texts).as("%s", cable.element()).noneMatch(text -> text.overlaps(piece));
            }
        }
    }

    @Test
    void whatExistsStaysWhereItIsWhenSomethingAppears() {
        TestTopologyBuilder growing = SampleTopologies.target();
        SceneLayout layout = SceneLayout.of(growing.build(), Arrangement.none());
        Random random = new Random(4711);
        List<String> networks = new ArrayList<>(List.of("mydockernet", "backend", "dns-lab", "bridge"));
        for (int i = 0; i < 120; i++) {
            String network = networks.get(random.nextInt(networks.size()));
            switch (random.nextInt(6)) {
                case 0 -> {
                    networks.add("added-" + i);
                    growing.network("added-" + i, "10." + i + ".0.0/16");
                }
                case 1 -> {
                    growing.container("both-" + i, "httpd:2.4", network, "80/tcp");
                    String other = networks.get(random.nextInt(networks.size()));
                    if (!other.equals(network)) {
                        growing.connect(other, "both-" + i);
                    }
                }
                case 2 -> growing.container("alone-" + i, "host", null);
                case 3 ->
                    growing.container("published-" + i, "httpd:2.4", network, "80/tcp")
                            .publish("published-" + i, "0.0.0.0", 10_000 + i, 80, Protocol.TCP);
                default -> growing.container("more-" + i, "httpd:2.4", network);
            }
            SceneLayout next = SceneLayout.of(growing.build(), layout.arrangement());
            assertThat(places(next.scene())).as("step %s", i).containsAllEntriesOf(places(layout.scene()));
            assertApart(next.scene().cards().stream().map(CardView::box).toList());
            assertApart(parts(next.scene()).map(LanePart::box).toList());
            layout = next;
        }
    }

    @Test
    void whoGoesLeavesTheOthersInPlaceAndMakesRoom() {
        TestTopologyBuilder sample = SampleTopologies.target();
        SceneLayout before = SceneLayout.of(sample.build(), Arrangement.none());
        SceneLayout after = SceneLayout.of(sample.remove("web02").build(), before.arrangement());

        assertThat(card(after.scene(), TestTopologyBuilder.id("api")).box())
                .isEqualTo(card(before.scene(), TestTopologyBuilder.id("api")).box());

        SceneLayout again = SceneLayout.of(
                sample.container("new", "httpd:2.4", "mydockernet").build(), after.arrangement());
        assertThat(card(again.scene(), TestTopologyBuilder.id("new")).box())
                .isEqualTo(card(before.scene(), TestTopologyBuilder.id("web02")).box());
    }

    @Test
    void aContainerThatLosesItsLastNetworkIsKeptInTheTray() {
        TestTopologyBuilder sample = SampleTopologies.target();
        SceneLayout before = SceneLayout.of(sample.build(), Arrangement.none());
        SceneLayout after =
                SceneLayout.of(sample.disconnect("bridge", "old-web").build(), before.arrangement());

        LaneView tray = after.scene().lanes().stream()
                .filter(lane -> lane.network() == null)
                .findFirst()
                .orElseThrow();
        Rect card = card(after.scene(), TestTopologyBuilder.id("old-web")).box();
        assertThat(holds(tray.parts().getFirst().box(), card)).isTrue();
    }

    @Test
    void aNetworkKeepsItsColourWhenAnEarlierOneIsRemoved() {
        SceneLayout before = SceneLayout.of(SampleTopologies.target().build(), Arrangement.none());
        TestTopologyBuilder without = new TestTopologyBuilder()
                .network("backend", "172.19.0.0/16", true)
                .container("db", "postgres:17", "backend");
        SceneLayout after = SceneLayout.of(without.build(), before.arrangement());

        assertThat(lane(after.scene(), "backend").tint())
                .isEqualTo(lane(before.scene(), "backend").tint());
    }

    @Test
    void aContainerThatSharesANetworkHangsBesideItsOwner() {
        TestTopologyBuilder sample = SampleTopologies.shared();
        SceneModel scene = scene(sample);
        List<Point> link = link(scene, "logs").route();
        assertThat(link(scene, "logs").owner()).isEqualTo(TestTopologyBuilder.id("web"));
        assertThat(link)
                .hasSize(2)
                .satisfies(route -> assertThat(route.getFirst().x())
                        .isEqualTo(box(scene, "web").right()))
                .satisfies(route -> assertThat(route.getLast().x())
                        .isEqualTo(box(scene, "logs").x()));
        assertThat(link(scene, "proxy").route().getFirst().x())
                .isEqualTo(box(scene, "logs").right());
        assertThat(shared(scene, "torrent").text()).isEqualTo("shares vpn's network");
        assertThat(shared(scene, "orphan").link()).isNull();
        assertThat(TraversalOrder.of(scene).order())
                .containsSubsequence(
                        new CanvasElement.Lane(TestTopologyBuilder.id("shop")),
                        new CanvasElement.Card(TestTopologyBuilder.id("web")),
                        new CanvasElement.Card(TestTopologyBuilder.id("logs")));
    }

    @Test
    void aLaterSharerHangsInTheLaneOfItsOwnerAndIsLinkedFromBelow() {
        TestTopologyBuilder sample = SampleTopologies.target();
        SceneLayout before = SceneLayout.of(sample.build(), Arrangement.none());
        SceneModel scene = SceneLayout.of(
                        sample.sharing("web01", "logs", "fluentbit:3").build(), before.arrangement())
                .scene();
        assertThat(places(scene)).containsAllEntriesOf(places(before.scene()));
        Rect card = box(scene, "logs");
        assertThat(lane(scene, "mydockernet").parts()).anyMatch(part -> holds(part.box(), card));
        List<Point> route = link(scene, "logs").route();
        assertThat(route).hasSizeGreaterThan(2);
        assertThat(route.getFirst().y()).isEqualTo(box(scene, "web01").bottom());
        assertThat(card.contains(route.getLast())).isTrue();
    }

    @Test
    void aSharerWhoseOwnerHasRestartedIsMarked() {
        Topology topology = SampleTopologies.shared().build();
        Problem old = new Problem(
                TestTopologyBuilder.id("torrent"),
                ProblemKind.ENGINE_NETNS_OLD,
                List.of("torrent", "vpn", "`docker restart torrent`", "command", "docker restart torrent"),
                List.of());
        SceneModel scene =
                SceneLayout.of(topology.with(List.of(old)), Arrangement.none()).scene();
        assertThat(shared(scene, "torrent").cutOff()).isTrue();
        assertThat(shared(scene, "torrent").text()).isEqualTo("has vpn's old network");
        assertThat(shared(scene, "logs").cutOff()).isFalse();
        assertThat(scene.withProblems()).contains(new CanvasElement.Card(TestTopologyBuilder.id("torrent")));
    }

    private static SharedNetworkView shared(SceneModel scene, String name) {
        return scene.sharedNetworks().stream()
                .filter(view -> view.container().equals(TestTopologyBuilder.id(name)))
                .findFirst()
                .orElseThrow();
    }

    private static SharedNetworkView.Link link(SceneModel scene, String name) {
        return Objects.requireNonNull(shared(scene, name).link());
    }

    private static Rect box(SceneModel scene, String name) {
        return card(scene, TestTopologyBuilder.id(name)).box();
    }

    private static SceneModel scene(TestTopologyBuilder sample) {
        return SceneLayout.of(sample.build(), Arrangement.none()).scene();
    }

    private static LaneView lane(SceneModel scene, String name) {
        return scene.lanes().stream()
                .filter(lane -> lane.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static CardView card(SceneModel scene, Id container) {
        return scene.cards().stream()
                .filter(card -> card.container().equals(container))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<LanePart> parts(SceneModel scene) {
        return scene.lanes().stream().flatMap(lane -> lane.parts().stream());
    }

    /** Where everything is that a person could have got used to. */
    private static Map<Object, Object> places(SceneModel scene) {
        Map<Object, Object> places = new HashMap<>();
        scene.cards().forEach(card -> places.put(new CanvasElement.Card(card.container()), card.box()));
        scene.plugs().forEach(plug -> places.put(new CanvasElement.Plug(plug.container(), plug.network()), plug.at()));
        scene.host().jacks().forEach(jack -> places.put(jack.element(), jack.jack()));
        scene.host().nics().forEach(nic -> places.put(nic.element(), nic.box()));
        for (LaneView lane : scene.lanes()) {
            for (int i = 0; i < lane.parts().size(); i++) {
                Rect box = lane.parts().get(i).box();
                places.put(List.of(lane.name(), i), new Point(box.x(), box.y()));
            }
            places.put(lane.name() + " colour", lane.tint());
        }
        return places;
    }

    private static void assertApart(List<Rect> boxes) {
        for (int i = 0; i < boxes.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(boxes.get(i).overlaps(boxes.get(j)))
                        .as("%s over %s", boxes.get(i), boxes.get(j))
                        .isFalse();
            }
        }
    }

    private static boolean holds(Rect outer, Rect inner) {
        return outer.union(inner).equals(outer);
    }
}
