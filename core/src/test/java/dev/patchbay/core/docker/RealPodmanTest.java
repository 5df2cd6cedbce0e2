package dev.patchbay.core.docker;

import static dev.patchbay.core.docker.RealEngineTest.PATIENCE;
import static dev.patchbay.core.docker.RealEngineTest.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Podman behind its Docker-compatible socket, and a controller of it for each test. It is read back with Podman's
/// own client and the kernel.
abstract class RealPodmanTest {
    @TempDir
    static Path directory;

    static RealEngine engine;

    EngineHost controller;

    @BeforeAll
    static void startTheEngine() throws IOException {
        engine = RealEngine.startPodman(directory);
    }

    @AfterAll
    static void endTheEngine() throws IOException {
        if (engine != null) {
            engine.close();
        }
    }

    @BeforeEach
    void connect() throws EngineException {
        controller = RealEngine.connect(engine.asHost(), _ -> {});
    }

    @AfterEach
    void leaveNothing() {
        controller.close();
        engine.podman("rm", "--all", "--force", "--time", "0");
        engine.podman("network", "prune", "--force");
        // Podman clears up behind a container in a process of its own.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(engine.onHost("iptables-save; ip -o address"))
                        .doesNotContain("10.77.", "10.78."));
    }

    static void awaitAnAnswer(int port) {
        await().atMost(PATIENCE)
                .until(() -> engine.onHost("curl -s --max-time 3 http://198.51.100.2:" + port + "/ || true")
                        .contains("It works!"));
    }

    Outcome.Done done(Change change) throws EngineException {
        return ok(controller.apply(change));
    }

    Refusal refused(Change change) throws EngineException {
        Outcome outcome = controller.apply(change);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).refusal();
    }
}
