package dev.patchbay.app.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.app.canvas.layout.Arrangement;
import dev.patchbay.app.canvas.layout.SceneLayout;
import dev.patchbay.app.canvas.scene.SceneModel;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.engine.net.Protocol;
import org.junit.jupiter.api.Test;

class CableAnimationTest {
    private static final CanvasElement.PortCable NEW =
            new CanvasElement.PortCable(TestTopologyBuilder.id("0.0.0.0:3000/tcp"));

    private final SceneModel without = scene(SampleTopologies.target());
    private final SceneModel with =
            scene(SampleTopologies.target().publish("api", "0.0.0.0", 3000, 3000, Protocol.TCP));
    private final CableAnimation motion = new CableAnimation();

    @Test
    void aNewCableGrowsInAndIsThenWhole() {
        motion.setEnabled(true);
        motion.start(without, with, 0);
        assertThat(motion.growing(0)).containsOnlyKeys(NEW).containsEntry(NEW, 0.0);
        assertThat(motion.growing(CableAnimation.DURATION_NANOS / 2).get(NEW)).isBetween(0.5, 0.99);
        assertThat(motion.isRunning(CableAnimation.DURATION_NANOS)).isFalse();
        assertThat(motion.growing(CableAnimation.DURATION_NANOS)).isEmpty();
    }

    @Test
    void aRemovedCableFades() {
        motion.setEnabled(true);
        motion.start(with, without, 0);
        assertThat(motion.fading(1))
                .singleElement()
                .satisfies(cable -> assertThat(cable.element()).isEqualTo(NEW));
        assertThat(motion.fadeOpacity(0)).isEqualTo(1);
        assertThat(motion.fadeOpacity(CableAnimation.DURATION_NANOS)).isZero();
    }

    @Test
    void nothingMovesUntilItIsTurnedOnNorWhenMuchChangesAtOnce() {
        motion.start(without, with, 0);
        assertThat(motion.isRunning(1)).isFalse();
        motion.setEnabled(true);
        motion.start(scene(SampleTopologies.empty()), scene(SampleTopologies.many(300, 12)), 0);
        assertThat(motion.isRunning(1)).isFalse();
    }

    private static SceneModel scene(TestTopologyBuilder sample) {
        return SceneLayout.of(sample.build(), Arrangement.none()).scene();
    }
}
