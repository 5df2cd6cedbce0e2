package dev.patchbay.app.canvas.scene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.canvas.layout.Arrangement;
import dev.patchbay.app.canvas.layout.SceneLayout;
import dev.patchbay.app.hosts.SampleTopology;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.SafeText;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemMarkersTest {
    @Test
    void aPlugsProblemIsItsContainersAndANetworksItsLanes() {
        List<Problem> problems = new ArrayList<>(SampleTopology.problems());
        problems.add(new Problem(null, ProblemKind.FORWARDING_OFF, List.of("IPv6"), List.of()));
        problems.add(new Problem(SampleTopology.WEB01, ProblemKind.COMMAND_ENDED, List.of("web\n01"), List.of()));
        Topology topology = SampleTopology.seed().with(problems);

        assertThat(ProblemMarkers.of(topology))
                .containsOnlyKeys(
                        new CanvasElement.Card(SampleTopology.WEB01), new CanvasElement.Lane(SampleTopology.BRIDGE))
                .containsEntry(
                        new CanvasElement.Card(SampleTopology.WEB01),
                        SafeText.escapeAndShorten(problems.getFirst().sentence()) + "; "
                                + SafeText.escapeAndShorten("The command of container web\n01 does not run"));
        assertThat(SceneLayout.of(topology, Arrangement.none()).scene().withProblems())
                .isEqualTo(ProblemMarkers.of(topology).keySet());
        assertThat(ProblemMarkers.of(SampleTopology.seed())).isEmpty();
    }
}
