package dev.patchbay.app.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.app.canvas.TopologyCanvas;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.Manager;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.ports.PortArgument;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

/// The engine is killed and started again under the open window: the last picture stays, grey, what Patchbay made
/// beside the engine serves on, and the picture is true again by itself.
class EngineDeathWindowTest extends WindowOverAnEngine {
    private static final String BESIDE = "http://198.51.100.2:8090/";
    private static final String LANE = "http://10.78.0.2/";

    @Test
    void theWindowOutlivesItsEngine() throws Exception {
        engine.docker("network", "create", "frontend");
        engine.docker("run", "-d", "--name", "web", "--network", "frontend", "--restart", "always", IMAGE);
        await().atMost(PATIENCE).until(() -> container("web").isPresent());
        makeTables();
        String before = rules().lines().sorted().toList().toString();
        change(Change.CreateNetwork.on("lane", "10.78.0.0/24").managedBy(Manager.PATCHBAY));
        change(new Change.Connect("web", EndpointRequest.on("lane")));
        change(new Change.Publish("web", PortArgument.mapping("8090:80")));
        await().atMost(PATIENCE).until(this::isWhole);
        serves();
        TopologyCanvas canvas = hosts.shown().orElseThrow().window().canvas();

        for (int death = 1; death <= 3; death++) {
            engine.kill();
            await().atMost(PATIENCE).until(() -> !model().host().isLive());
            WaitForAsyncUtils.waitForFxEvents();
            assertThat(canvas.getOpacity()).isLessThan(1);
            assertThat(lookup("#banner").query().isVisible()).isTrue();
            assertThat(canvas.centreOf(new CanvasElement.Card(
                            container("web").orElseThrow().id())))
                    .isNotNull();
            serves();

            engine.startAgain();
            await().atMost(PATIENCE)
                    .until(() -> model().host().isLive() && container("web").isPresent() && isWhole());
            await().atMost(PATIENCE).untilAsserted(() -> {
                WaitForAsyncUtils.waitForFxEvents();
                new DockerStateAssert(engine).assertMatches(topology(), canvas);
            });
            assertThat(canvas.getOpacity()).isEqualTo(1);
            assertThat(lookup("#banner").query().isVisible()).isFalse();
            serves();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(topology().problems()).isEmpty());
        }

        for (int undone = 0; undone < 3; undone++) {
            int size = topology().activity().size();
            undo();
            await().atMost(PATIENCE).until(() -> topology().activity().size() > size);
        }
        assertThat(rules().lines().sorted().toList().toString()).isEqualTo(before);
        assertThat(onHost("ip -br link")).doesNotContain("pb-", "pbv");
    }

    private void change(Change change) {
        interact(() -> model().host().apply(change));
        await().atMost(PATIENCE).until(() -> model().host().pending().isEmpty());
        assertThat(model().host().failures()).isEmpty();
    }

    /// Tables stay when their last rule has gone.
    private static void makeTables() throws IOException {
        onHost("iptables -t raw -A OUTPUT -j ACCEPT; iptables -t raw -D OUTPUT -j ACCEPT");
    }

    private boolean isWhole() {
        Container web = container("web").orElseThrow();
        return web.running()
                && web.endpoints().size() == 2
                && web.endpoints().stream().allMatch(endpoint -> endpoint.attached())
                && web.ports().size() == 1
                && web.ports().getFirst().inForce();
    }

    private static void serves() {
        for (String url : new String[] {BESIDE, LANE}) {
            String from = url.equals(BESIDE) ? "ip netns exec outside " : "";
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(onHost(from + "curl -s --max-time 3 " + url + " || true"))
                            .contains("It works!"));
        }
    }

    private Topology topology() {
        return Objects.requireNonNull(model().host().topology().get());
    }
}
