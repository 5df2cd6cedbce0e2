package dev.patchbay.core.docker.recreate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.patchbay.core.docker.api.ApiRequest;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.refusal.RecreateRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Further requests about a container that replaces another one.
public record Replacement(DockerEngine engine) {
    private static final Duration STARTUP_WINDOW = Duration.ofSeconds(2);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    /// Waits a moment; a command that has ended successfully is no failure.
    ///
    /// @param container its id
    /// @param name in sentences
    /// @throws RefusedException when it failed, or is restarted after a failure
    public JsonNode verifyRunning(String container, String name) throws EngineException, RefusedException {
        long end = System.nanoTime() + STARTUP_WINDOW.toNanos();
        JsonNode state = state(container);
        while (state.path("Running").asBoolean() && !state.path("Restarting").asBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
            state = state(container);
        }
        int exitCode = state.path("ExitCode").asInt();
        boolean ended =
                !state.path("Running").asBoolean() || state.path("Restarting").asBoolean();
        if (ended && exitCode != 0) {
            throw RecreateRefusals.newContainerEnded(name, exitCode, lastLine(container));
        }
        return MissingNode.getInstance();
    }

    private JsonNode state(String container) throws EngineException, RefusedException {
        return inspect(container).path("State");
    }

    private JsonNode inspect(String container) throws EngineException, RefusedException {
        return engine.get("/containers/" + ApiRequest.escaped(container) + "/json");
    }

    private String lastLine(String container) throws EngineException, RefusedException {
        boolean tty = inspect(container).at("/Config/Tty").asBoolean();
        String path = "/containers/" + ApiRequest.escaped(container) + "/logs?stdout=1&stderr=1&tail=1";
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            engine.log(path, tty, output, output);
        } catch (IOException e) {
            throw EngineException.of("read the log of " + container, e);
        }
        List<String> lines = output.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return lines.isEmpty() ? "" : lines.getLast().strip();
    }

    /// @throws RefusedException when it is refused, and the container is unchanged
    public JsonNode discard(ApiRequest request, String container) throws EngineException, RefusedException {
        try {
            return engine.call(request);
        } catch (RefusedException refused) {
            if (isIntact(container)) {
                throw refused;
            }
            return MissingNode.getInstance();
        }
    }

    private boolean isIntact(String container) throws EngineException {
        try {
            return !state(container).path("Dead").asBoolean();
        } catch (RefusedException gone) {
            return false;
        }
    }
}
