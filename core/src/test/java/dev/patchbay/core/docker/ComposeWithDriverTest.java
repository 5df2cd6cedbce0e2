package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Docker's own Compose brings a project up, restarts it and takes it down, on a network that Patchbay manages.
class ComposeWithDriverTest extends DriverEngineTest {
    private static final Path COMPOSE = Path.of("/usr/bin/docker-compose");

    private static final String PROJECT = """
        services:
          web:
            image: httpd:2.4
            restart: always
            networks: [shop]
            ports: ["8080:80"]
          db:
            image: httpd:2.4
            restart: always
            networks:
              shop:
                ipv4_address: 10.77.0.9
                aliases: [store]
        networks:
          shop:
            driver: patchbay
            ipam:
              config:
                - subnet: 10.77.0.0/24
        """;

    @BeforeAll
    static void writeTheProject() throws IOException {
        assumeTrue(Files.isExecutable(COMPOSE) || System.getenv("CI") != null, "needs Debian's package docker-compose");
        Files.writeString(directory.resolve("compose.yaml"), PROJECT);
    }

    private static String compose(String words) {
        return engine.onHost("DOCKER_HOST=" + engine.address() + " " + COMPOSE + " --project-name stall --file "
                + directory.resolve("compose.yaml") + " " + words);
    }

    private static String container(String service) {
        return compose("ps -q " + service).lines().reduce((_, last) -> last).orElseThrow();
    }

    private static void namesAndPortAnswer() {
        answers();
        answers(container("web"), "http://db");
        answers(container("web"), "http://store");
        answers(container("db"), "http://web");
    }

    @Test
    void aProjectComesRestartsAndGoes() throws Exception {
        compose("up -d");
        String network = engine.docker("network", "inspect", "-f", "{{.Driver}} {{.Id}}", "stall_shop");
        assertThat(network).startsWith("patchbay ");
        String bridge = "pb-" + network.substring("patchbay ".length()).substring(0, 12);
        assertThat(engine.onHost("ip -br address show " + bridge)).contains("10.77.0.1/24");
        assertThat(engine.onHost("ip -o link show master " + bridge).lines()).hasSize(2);
        assertThat(engine.docker("exec", container("db"), "ip", "-o", "address", "show", "eth0"))
                .contains("10.77.0.9/24");
        namesAndPortAnswer();

        compose("restart -t 1");
        namesAndPortAnswer();
        String web = container("web");
        compose("up -d");
        assertThat(container("web")).isEqualTo(web);
        namesAndPortAnswer();
        compose("up -d -t 1 --force-recreate");
        assertThat(container("web")).isNotEqualTo(web);
        namesAndPortAnswer();
        assertThat(engine.onHost("ip -o link show master " + bridge).lines()).hasSize(2);

        engine.stop();
        engine.startAgain();
        await().atMost(PATIENCE).until(() -> engine.docker("ps", "-q").lines().count() == 2);
        namesAndPortAnswer();

        compose("down -t 1");
        assertThat(engine.docker("ps", "-aq")).isEmpty();
        assertThat(engine.docker("network", "ls", "-q", "--filter", "driver=patchbay"))
                .isEmpty();
        assertThat(ourLinks()).isEmpty();
        assertThat(rules()).isEqualTo(rulesBefore);
    }
}
