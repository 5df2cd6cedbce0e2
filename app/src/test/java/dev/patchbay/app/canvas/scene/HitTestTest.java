package dev.patchbay.app.canvas.scene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.canvas.SampleTopologies;
import dev.patchbay.app.canvas.TestTopologyBuilder;
import dev.patchbay.app.canvas.layout.Arrangement;
import dev.patchbay.app.canvas.layout.SceneLayout;
import dev.patchbay.app.canvas.scene.SceneModel.CableView;
import dev.patchbay.app.canvas.scene.SceneModel.RailView;
import dev.patchbay.app.canvas.scene.TraversalOrder.Direction;
import dev.patchbay.app.model.CanvasElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HitTestTest {
    private final SceneModel target = scene(SampleTopologies.target());

    static Stream<TestTopologyBuilder> samples() {
        return Stream.of(SampleTopologies.target(), SampleTopologies.many(60, 7), SampleTopologies.hostile());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theCentreOfEachElementHitsIt(TestTopologyBuilder sample) {
        SceneModel scene = scene(sample);
        TraversalOrder walk = TraversalOrder.of(scene);
        for (CanvasElement element : walk.order()) {
            if (element instanceof CanvasElement.HostPanel || element instanceof CanvasElement.Lane) {
                continue;
            }
            Rect place = Objects.requireNonNull(walk.boundsOf(element));
            assertThat(HitTest.elementAt(scene, place.centre(), 4)).isEqualTo(element);
        }
    }

    @Test
    void aLaneIsHitByItsHeaderAndTheHostByItsTitle() {
        assertThat(HitTest.elementAt(target, new Point(60, 20), 4)).isEqualTo(new CanvasElement.HostPanel());
        target.lanes().forEach(lane -> {
            Rect title = lane.parts().getFirst().title();
            assertThat(HitTest.elementAt(target, title.centre(), 4))
                    .isEqualTo(new CanvasElement.Lane(Objects.requireNonNull(lane.network())));
        });
    }

    @Test
    void aRailIsHitBetweenItsPlugs() {
        target.lanes().forEach(lane -> {
            RailView rail = lane.parts().getFirst().rails().getFirst();
            assertThat(HitTest.elementAt(target, new Point(rail.left() + 30, rail.y()), 4))
                    .isEqualTo(new CanvasElement.Rail(Objects.requireNonNull(lane.network())));
        });
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyCableCanBeHitSomewhere(TestTopologyBuilder sample) {
        SceneModel scene = scene(sample);
        for (CableView cable : scene.cables().all()) {
            assertThat(along(cable).anyMatch(point -> cable.element().equals(HitTest.elementAt(scene, point, 4))))
                    .as("%s", cable.element())
                    .isTrue();
        }
    }

    @Test
    void emptyGroundIsNothing() {
        assertThat(HitTest.elementAt(target, new Point(-500, -500), 4)).isNull();
    }

    @Test
    void tabGoesThroughEverythingInReadingOrderAndBack() {
        TraversalOrder walk = TraversalOrder.of(target);
        List<CanvasElement> forth = new ArrayList<>();
        for (CanvasElement at = walk.next(null); at != null; at = walk.next(at)) {
            forth.add(at);
        }
        List<CanvasElement> back = new ArrayList<>();
        for (CanvasElement at = walk.previous(null); at != null; at = walk.previous(at)) {
            back.add(at);
        }
        assertThat(forth).isEqualTo(walk.order()).doesNotHaveDuplicates().isEqualTo(back.reversed());
    }

    @Test
    void arrowsLeadToTheNeighbour() {
        TraversalOrder walk = TraversalOrder.of(target);
        assertThat(walk.neighbour(card("web01"), Direction.RIGHT)).isEqualTo(card("web02"));
        assertThat(walk.neighbour(card("web02"), Direction.LEFT)).isEqualTo(card("web01"));
        assertThat(walk.neighbour(card("db"), Direction.RIGHT)).isEqualTo(card("cache"));
        assertThat(walk.neighbour(card("cache"), Direction.RIGHT)).isEqualTo(card("resolver"));
        assertThat(walk.neighbour(card("worker"), Direction.RIGHT)).isEqualTo(card("worker"));
        CanvasElement port = target.host().jacks().getFirst().element();
        assertThat(walk.neighbour(port, Direction.DOWN))
                .isEqualTo(target.host().jacks().get(1).element());
    }

    private static Stream<Point> along(CableView cable) {
        List<Point> points = new ArrayList<>();
        for (int i = 1; i < cable.route().size(); i++) {
            Point from = cable.route().get(i - 1);
            Point to = cable.route().get(i);
            for (double part = 0.05; part < 1; part += 0.1) {
                points.add(new Point(from.x() + part * (to.x() - from.x()), from.y() + part * (to.y() - from.y())));
            }
        }
        return points.stream();
    }

    private static CanvasElement card(String name) {
        return new CanvasElement.Card(TestTopologyBuilder.id(name));
    }

    private static SceneModel scene(TestTopologyBuilder sample) {
        return SceneLayout.of(sample.build(), Arrangement.none()).scene();
    }
}
