package dev.patchbay.app.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.canvas.scene.Ghost;
import dev.patchbay.app.model.Element;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Topology;
import java.util.List;
import org.junit.jupiter.api.Test;

class GhostsTest {
    private final Topology topology = SampleTopologies.seedSession().build();

    @Test
    void aNewNetworkIsALaneToBe() {
        assertThat(Ghosts.of(List.of(Change.CreateNetwork.named("mynet")), topology))
                .containsExactly(new Ghost.NewLane("mynet"));
    }

    @Test
    void aContainerThatStopsIsMarkedWhereItHangs() {
        var container = topology.containers().getFirst();
        assertThat(Ghosts.of(List.of(new Change.StopContainer(container.name())), topology))
                .containsExactly(new Ghost.Around(new Element.Card(container.id())));
    }

    @Test
    void whatIsNotThereLeavesNoMark() {
        assertThat(Ghosts.of(List.of(new Change.StopContainer("nobody")), topology))
                .isEmpty();
    }
}
