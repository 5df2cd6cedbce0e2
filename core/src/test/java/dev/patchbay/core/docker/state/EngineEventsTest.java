package dev.patchbay.core.docker.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.docker.api.DockerEngine;
import dev.patchbay.core.docker.api.FakeEngine;
import dev.patchbay.core.inspect.JsonValues;
import dev.patchbay.core.model.HostEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EngineEventsTest {
    private static final String ID = "0a".repeat(32);

    private static List<HostEvent> history(String... documents) throws Exception {
        try (FakeEngine server = new FakeEngine();
                DockerEngine engine = server.connect()) {
            server.answer("/info", FakeEngine.json(200, "{\"SystemTime\":\"2026-12-01T10:00:00.5Z\"}"));
            server.answer("/events", exchange -> {
                assertThat(exchange.getRequestURI().getQuery())
                        .startsWith("since=0&until=1796119200.500000000&filters={")
                        .contains("\"type\":[\"container\",\"network\"]", "\"event\":[\"attach\",\"checkpoint\",");
                FakeEngine.json(200, String.join("\n", documents)).handle(exchange);
            });
            return new EngineSession(engine).events();
        }
    }

    @Test
    void anEventIsReadWithEveryNanosecond() throws Exception {
        List<HostEvent> events = history("{\"Type\":\"container\",\"Action\":\"remove\",\"Actor\":{\"ID\":\"" + ID
                + "\",\"Attributes\":{\"name\":\"web\",\"exitCode\":\"137\"}},\"scope\":\"local\",\"future\":{\"a\":[1]},"
                + "\"time\":1796119199,\"timeNano\":1796119199123456789}");
        assertThat(events)
                .containsExactly(new HostEvent(
                        Instant.parse("2026-12-01T09:59:59.123456789Z"),
                        HostEvent.Kind.CONTAINER,
                        "destroy",
                        JsonValues.id(ID),
                        new TreeMap<>(Map.of("name", "web", "exitCode", "137"))));
    }

    /// In a JVM of its own: docker-java makes its table of types once, in the language of the machine.
    static final class InTurkish {
        private InTurkish() {}

        public static void main(String[] arguments) throws Exception {
            System.out.println(history("{\"Type\":\"container\",\"Action\":\"die\",\"Actor\":{\"ID\":\"" + ID + "\"}}")
                    .size());
        }
    }

    @Test
    void anEventOfAContainerIsOneInEveryLanguage() throws Exception {
        Process turkish = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Duser.language=tr",
                        "-cp",
                        System.getProperty("java.class.path"),
                        InTurkish.class.getName())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(turkish.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .endsWith("1\n");
    }

    @Test
    void whatIsNoEventOfOneObjectIsLeftOut() throws Exception {
        assertThat(history(
                        "{\"Type\":\"hologram\",\"Action\":\"create\",\"Actor\":{\"ID\":\"" + ID + "\"}}",
                        "{\"Type\":\"network\",\"Action\":\"prune\",\"Actor\":{\"ID\":\"\",\"Attributes\":{}}}",
                        "{\"Type\":\"network\",\"Action\":\"prune\"}",
                        "{}",
                        "{\"Type\":\"container\",\"Action\":\"exec_start: sh\",\"Actor\":{\"ID\":\"" + ID + "\"}}",
                        "{\"Type\":\"container\",\"Action\":\"health_status: healthy\",\"Actor\":{\"ID\":\"" + ID
                                + "\"}}"))
                .isEmpty();
    }

    @Test
    void podmansConnectHasTheContainerForItsSubject() throws Exception {
        List<HostEvent> events = history("{\"Type\":\"network\",\"Action\":\"connect\",\"Actor\":{\"ID\":\"" + ID
                + "\",\"Attributes\":{\"name\":\"web\"}},\"timeNano\":1}");
        assertThat(events)
                .singleElement()
                .satisfies(event -> assertThat(event.attributes()).containsEntry("container", ID));
    }
}
