package dev.patchbay.app.canvas.drag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.canvas.SampleTopologies;
import dev.patchbay.app.canvas.TestTopologyBuilder;
import dev.patchbay.app.canvas.layout.Arrangement;
import dev.patchbay.app.canvas.layout.SceneLayout;
import dev.patchbay.app.canvas.scene.HitTest;
import dev.patchbay.app.canvas.scene.Point;
import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel.CardView;
import dev.patchbay.app.canvas.scene.TraversalOrder;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.net.Protocol;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DragInterpreterTest {
    private final Topology topology =
            SampleTopologies.target().container("alone", "host", null).build();
    private final SceneLayout layout = SceneLayout.of(topology, Arrangement.none());

    @Test
    void aHandleOverANetworkConnects() {
        DragState aim =
                drag(card("old-web").handle(), place(lane("mydockernet")).centre());
        assertThat(aim.source()).isEqualTo(new DragSource.Handle(id("old-web")));
        assertThat(aim.action()).isEqualTo(new DropAction.Connect(id("old-web"), id("mydockernet")));
        assertThat(aim.reason()).isEmpty();
        assertThat(aim.targets()).contains(lane("mydockernet"), lane("backend")).doesNotContain(lane("bridge"));
    }

    @Test
    void whereAContainerIsAlreadyItIsNotConnectedAgain() {
        DragState aim = drag(card("api").handle(), place(lane("backend")).centre());
        assertThat(aim.action()).isNull();
        assertThat(aim.reason()).contains("api is on backend already");
    }

    @Test
    void theNetworksWithoutABridgeSayWhyTheyTakeNothing() {
        Rect none = layout.scene().host().unbridgedNetworks().getLast().box();
        DragState aim = drag(card("api").handle(), none.centre());
        assertThat(aim.action()).isNull();
        assertThat(aim.reason()).contains("none has no bridge");
        DragState other = drag(card("alone").handle(), place(lane("backend")).centre());
        assertThat(other.action()).isNull();
        assertThat(other.reason()).contains("alone shares the network of none");
    }

    @Test
    void aCardMovesWithinItsLaneAndConnectsOutsideIt() {
        CardView web01 = card("web01");
        Point grip = new Point(web01.box().x() + 60, web01.box().y() + 12);
        Point free = new Point(place(card("worker").container()).right() + 60, grip.y());
        assertThat(drag(grip, free).reason()).contains("stands there already");
        DragState away = drag(grip, place(lane("dns-lab")).centre());
        assertThat(away.action()).isEqualTo(new DropAction.Connect(id("web01"), id("dns-lab")));

        CardView old = card("old-web");
        Point held = new Point(old.box().x() + 60, old.box().y() + 12);
        DragState moved = drag(held, new Point(held.x() + 100, held.y()));
        assertThat(moved.action()).isInstanceOfSatisfying(DropAction.MoveCard.class, move -> {
            Arrangement next = layout.arrangement().withCard(move.lane(), move.slot());
            Rect box = cardIn(SceneLayout.of(topology, next), "old-web").box();
            assertThat(box.x()).isEqualTo(old.box().x() + 100);
            assertThat(cardIn(SceneLayout.of(topology, next), "web01").box()).isEqualTo(web01.box());
        });
    }

    @Test
    void aPlugComesOffWhenItIsPulled() {
        CanvasElement plug = new CanvasElement.Plug(id("api"), id("backend"));
        Point from = Objects.requireNonNull(TraversalOrder.of(layout.scene()).boundsOf(plug))
                .centre();
        assertThat(drag(from, new Point(from.x() + 80, from.y() + 5)).action()).isNull();
        assertThat(drag(from, new Point(from.x(), from.y() + 60)).action())
                .isEqualTo(new DropAction.Disconnect(id("api"), id("backend")));
    }

    @Test
    void aPinOnTheHostIsPublishedAndAJackOffTheHostTakenBack() {
        ExposedPort port = new ExposedPort(3000, Protocol.TCP);
        Point pin = Objects.requireNonNull(
                        TraversalOrder.of(layout.scene()).boundsOf(new CanvasElement.Pin(id("api"), port)))
                .centre();
        assertThat(drag(pin, layout.scene().host().dropSlot().centre()).action())
                .isEqualTo(new DropAction.Publish(id("api"), port));
        assertThat(drag(pin, new Point(pin.x(), pin.y() + 50)).reason()).contains("Drop it on the host");

        CanvasElement jack = layout.scene().host().jacks().getFirst().element();
        Point at = Objects.requireNonNull(TraversalOrder.of(layout.scene()).boundsOf(jack))
                .centre();
        assertThat(drag(at, new Point(at.x() + 20, at.y())).action()).isNull();
        assertThat(drag(at, new Point(at.x() + 300, at.y())).action())
                .isEqualTo(new DropAction.Unpublish(((CanvasElement.HostPort) jack).port()));
    }

    @Test
    void aLaneMovesToFreeGroundOnly() {
        Point title =
                new Point(place(lane("bridge")).x() + 200, place(lane("bridge")).y() + 10);
        assertThat(drag(title, new Point(title.x(), title.y() - 100)).reason()).contains("stands there already");
        DragState below = drag(title, new Point(title.x() + 3, title.y() + 100));
        assertThat(below.action()).isInstanceOfSatisfying(DropAction.MoveLane.class, move -> {
            Arrangement next = layout.arrangement().withPart(move.network(), move.part(), move.x(), move.y());
            SceneLayout moved = SceneLayout.of(topology, next);
            assertThat(cardIn(moved, "old-web").box().y())
                    .isEqualTo(card("old-web").box().y() + 100);
            assertThat(cardIn(moved, "web01").box()).isEqualTo(card("web01").box());
        });
    }

    @Test
    void aDragOutlivesAChangeOfTheHostUnlessItsThingIsGone() {
        DragSource grip = new DragSource.Handle(id("api"));
        DragInterpreter aiming =
                new DragInterpreter(topology, layout, grip, card("api").handle());
        Topology without = SampleTopologies.target().remove("api").build();
        assertThat(aiming.rebase(topology, layout)).isNotNull();
        assertThat(aiming.rebase(without, SceneLayout.of(without, layout.arrangement())))
                .isNull();
    }

    private DragState drag(Point from, Point to) {
        DragSource grip = DragSource.at(layout.scene(), HitTest.elementAt(layout.scene(), from, 4), from);
        return new DragInterpreter(topology, layout, Objects.requireNonNull(grip), from).stateAt(to);
    }

    private Rect place(CanvasElement element) {
        return Objects.requireNonNull(TraversalOrder.of(layout.scene()).boundsOf(element));
    }

    private Rect place(Id card) {
        return place(new CanvasElement.Card(card));
    }

    private CardView card(String name) {
        return cardIn(layout, name);
    }

    private static CardView cardIn(SceneLayout in, String name) {
        return in.scene().cards().stream()
                .filter(card -> card.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static CanvasElement lane(String name) {
        return new CanvasElement.Lane(id(name));
    }

    private static Id id(String name) {
        return TestTopologyBuilder.id(name);
    }
}
