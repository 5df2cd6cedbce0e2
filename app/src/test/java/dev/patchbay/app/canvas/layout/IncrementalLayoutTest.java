package dev.patchbay.app.canvas.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.canvas.SampleTopologies;
import dev.patchbay.app.canvas.TestTopologyBuilder;
import dev.patchbay.app.canvas.layout.Arrangement.LanePlace;
import dev.patchbay.app.canvas.layout.Arrangement.Part;
import dev.patchbay.app.canvas.layout.Arrangement.Slot;
import dev.patchbay.app.canvas.scene.Dimensions;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A scene made from the one before is the scene that would have been made anew.
class IncrementalLayoutTest {
    private static final int STEPS = 60;
    private static final InetAddress ANY = InetAddress.ofLiteral("0.0.0.0");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void itIsTheSameAsLaidOutAnew(long seed) {
        Random random = new Random(seed);
        Changes changes = new Changes(random);
        List<Listener> busy = List.of();
        SceneLayout layout = SceneLayout.of(changes.topology(), Arrangement.none(), busy);
        for (int step = 0; step < STEPS; step++) {
            Arrangement before = layout.arrangement();
            switch (random.nextInt(12)) {
                case 0 -> before = Arrangement.none();
                case 1 -> before = withAnotherPlace(layout, random);
                case 2 -> busy = List.of(new Listener(Protocol.TCP, ANY, 9000 + step, step, "held"));
                default -> changes.make(step);
            }
            Topology topology = changes.topology();
            SceneLayout next = layout.relayout(topology, before, busy);
            assertThat(next).as("seed %s, step %s", seed, step).isEqualTo(SceneLayout.of(topology, before, busy));
            layout = next;
        }
    }

    @Test
    void oneMoreContainerTouchesItsLaneOnly() {
        TestTopologyBuilder sample = SampleTopologies.many(60, 7);
        SceneLayout before = SceneLayout.of(sample.build(), Arrangement.none());
        Topology more = sample.container("more", "httpd:2.4", "net-3", "80/tcp").build();
        SceneLayout after = before.relayout(more, before.arrangement(), List.of());

        Id touched = TestTopologyBuilder.id("net-3");
        before.lanes().lanesById().forEach((id, lane) -> {
            LaneSet.LaidOutLane now = after.lanes().lanesById().get(id);
            if (id.equals(touched)) {
                assertThat(now).isNotEqualTo(lane);
            } else {
                assertThat(now).as("%s", lane.view().name()).isSameAs(lane);
            }
        });
    }

    /// As a person drags: a card to a free place of its lane, or a lane far down.
    private static Arrangement withAnotherPlace(SceneLayout layout, Random random) {
        Arrangement arrangement = layout.arrangement();
        List<Id> lanes = List.copyOf(arrangement.lanes().keySet());
        Id lane = lanes.get(random.nextInt(lanes.size()));
        LanePlace place = Objects.requireNonNull(arrangement.lanes().get(lane));
        List<Slot> cards = place.slots().stream().filter(Slot::card).toList();
        if (cards.isEmpty() || random.nextBoolean()) {
            return arrangement.withPart(
                    lane, 0, Dimensions.HOST_WIDTH + Dimensions.GUTTER, 9000 + random.nextInt(1000));
        }
        Slot card = cards.get(random.nextInt(cards.size()));
        Part part = place.parts().get(card.part());
        Slot moved = new Slot(card.container(), true, card.part(), card.row(), Math.max(0, part.units() - 2));
        boolean free = place.slots().stream().noneMatch(moved::overlaps);
        return free ? arrangement.withCard(lane, moved) : arrangement;
    }

    /// What happens on a host.
    private static final class Changes {
        private final TestTopologyBuilder host = SampleTopologies.many(24, 5);
        private final List<String> networks = new ArrayList<>(List.of("net-0", "net-1", "net-2", "net-3", "net-4"));
        private final List<String> containers = new ArrayList<>();
        private final Random random;

        Changes(Random random) {
            this.random = random;
            for (int c = 0; c < 24; c++) {
                containers.add("service-%03d".formatted(c));
            }
        }

        Topology topology() {
            return host.build();
        }

        void make(int step) {
            String network = networks.get(random.nextInt(networks.size()));
            String container = containers.get(random.nextInt(containers.size()));
            switch (random.nextInt(8)) {
                case 0 -> {
                    networks.add("added-" + step);
                    host.network("added-" + step, "10." + step + ".0.0/16");
                }
                case 1 -> {
                    networks.remove(network);
                    host.removeNetwork(network);
                }
                case 2 -> host.stop(container);
                case 3 -> host.publish(container, "0.0.0.0", 20_000 + step, 80, Protocol.TCP);
                case 4 -> {
                    host.disconnect(network, container);
                    host.connect(network, container);
                }
                case 5 -> host.disconnect(network, container);
                case 6 -> {
                    containers.remove(container);
                    host.remove(container);
                }
                default -> {}
            }
            // Never none of them.
            containers.add("more-" + step);
            host.container("more-" + step, "httpd:2.4", random.nextInt(9) == 0 ? null : "bridge", "80/tcp");
            if (networks.size() < 2) {
                networks.add("again-" + step);
                host.network("again-" + step, "10." + step + ".0.0/16");
            }
        }
    }
}
