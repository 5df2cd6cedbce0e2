package dev.patchbay.app.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.canvas.scene.PendingElement;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Topology;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingElementsTest {
    private final Topology topology = SampleTopologies.seedSession().build();

    @Test
    void aNewNetworkIsALaneToBe() {
        assertThat(PendingElements.of(List.of(Change.CreateNetwork.named("mynet")), topology))
                .containsExactly(new PendingElement.NewLane("mynet"));
    }

    @Test
    void aContainerThatStopsIsMarkedWhereItHangs() {
        var container = topology.containers().getFirst();
        assertThat(PendingElements.of(List.of(new Change.StopContainer(container.name())), topology))
                .containsExactly(new PendingElement.Outline(new CanvasElement.Card(container.id())));
    }

    @Test
    void whatIsNotThereLeavesNoMark() {
        assertThat(PendingElements.of(List.of(new Change.StopContainer("nobody")), topology))
                .isEmpty();
    }
}
