package dev.patchbay.core.docker.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.api.FakeEngine;
import dev.patchbay.engine.EngineException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Over an engine with fifty containers that counts what it is asked for.
@Timeout(60)
class EngineSessionTest {
    private static final int CONTAINERS = 50;
    private static final String ENDED = "";

    private final FakeEngine server = new FakeEngine();
    private final Map<Integer, String> states = new ConcurrentHashMap<>();
    private final Map<Integer, String> policies = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable EngineState> seen = new AtomicReference<>();
    private DockerEngine engine;
    private EngineSession session;

    EngineSessionTest() throws IOException {}

    @BeforeEach
    void connect() throws Exception {
        answer("/info", "{}");
        answer("/networks", "[]");
        server.answer("/containers/json", exchange -> {
            requests.add("list");
            FakeEngine.json(
                            200,
                            IntStream.range(0, CONTAINERS)
                                    .mapToObj(this::listed)
                                    .collect(Collectors.joining(",", "[", "]")))
                    .handle(exchange);
        });
        for (int number = 0; number < CONTAINERS; number++) {
            int container = number;
            server.answer("/containers/" + id(container) + "/json", exchange -> {
                requests.add("web" + container);
                FakeEngine.json(200, document(container)).handle(exchange);
            });
        }
        server.answer("/events", this::tellEvents);
        engine = server.connect();
        session = new EngineSession(engine);
    }

    @AfterEach
    void close() {
        events.add(ENDED);
        engine.close();
        server.close();
    }

    private void answer(String path, String text) {
        server.answer(path, exchange -> {
            requests.add(path);
            FakeEngine.json(200, text).handle(exchange);
        });
    }

    private static String id(int container) {
        return "%02x".formatted(container).repeat(32);
    }

    private String listed(int container) {
        return "{\"Id\":\"%s\",\"Names\":[\"/web%d\"],\"State\":\"%s\",\"Status\":\"Up %d ns\"}"
                .formatted(id(container), container, state(container), System.nanoTime());
    }

    private String document(int container) {
        return "{\"Id\":\"%s\",\"Name\":\"/web%d\",\"State\":{\"Running\":%b},\"HostConfig\":{\"RestartPolicy\":{\"Name\":\"%s\"}}}"
                .formatted(
                        id(container),
                        container,
                        state(container).equals("running"),
                        policies.getOrDefault(container, "no"));
    }

    private String state(int container) {
        return states.getOrDefault(container, "running");
    }

    private void tellEvents(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        // The headers as well: who listens waits for them.
        exchange.getResponseBody().flush();
        try {
            for (String event = events.take(); !event.equals(ENDED); event = events.take()) {
                exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private EngineWatch watch() throws EngineException {
        EngineWatch watch = session.watch((_, _) -> () -> {}, _ -> () -> {}, new EngineWatch.Listener() {
            @Override
            public void refresh(boolean doubted) throws EngineException {
                seen.set(session.watchedState());
            }

            @Override
            public void onLost(EngineException reason) {
                // Not in these tests.
            }
        });
        await().until(() -> seen.get() != null);
        requests.clear();
        return watch;
    }

    private static boolean isRunning(EngineState state, int container) {
        return java.util.Objects.requireNonNull(state.containerById(id(container)))
                .at("/State/Running")
                .asBoolean();
    }

    private static String policy(EngineState state, int container) {
        return java.util.Objects.requireNonNull(state.containerById(id(container)))
                .at("/HostConfig/RestartPolicy/Name")
                .asText();
    }

    @Test
    void aPlanOnAWatchedHostReadsTheListsAndTheContainersThatItNames() throws Exception {
        try (EngineWatch _ = watch()) {
            policies.put(7, "always");
            assertThat(policy(session.state(List.of("web7")), 7)).isEqualTo("always");
            assertThat(requests).containsExactlyInAnyOrder("/networks", "list", "web7");
        }
    }

    @Test
    void aPlanSeesAChangeThatNoEventHasToldOf() throws Exception {
        try (EngineWatch _ = watch()) {
            states.put(3, "exited");
            assertThat(isRunning(session.state(List.of()), 3)).isFalse();
            assertThat(requests).containsExactlyInAnyOrder("/networks", "list", "web3");
        }
    }

    @Test
    void afterAnEventOnlyItsContainerIsReadAgain() throws Exception {
        try (EngineWatch _ = watch()) {
            policies.put(7, "always");
            events.add("{\"Type\":\"container\",\"Action\":\"update\",\"Actor\":{\"ID\":\"" + id(7) + "\"}}\n");
            await().until(() ->
                    seen.get() instanceof EngineState state && policy(state, 7).equals("always"));
            assertThat(requests).containsExactlyInAnyOrder("list", "web7");
        }
    }

    @Test
    void withoutAWatchAllIsReadAgain() throws Exception {
        EngineWatch watch = watch();
        watch.close();
        policies.put(7, "always");
        assertThat(policy(session.state(List.of()), 7)).isEqualTo("always");
        assertThat(requests).hasSize(CONTAINERS + 3);
    }
}
