package dev.patchbay.core.docker;

import static dev.patchbay.core.docker.RecreateTest.answers;
import static dev.patchbay.core.docker.RecreateTest.fromOutside;
import static dev.patchbay.core.docker.RecreateTest.inspect;
import static dev.patchbay.core.docker.RecreateTest.publishing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.compose.difference.ComposeGoal;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.client.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Ports that Patchbay publishes for a container go over to the one in its place, or become the engine's own.
class RecreateExternalPublishTest extends RealEngineTest {
    private Machine machine;
    private EngineHost seeing;

    @BeforeEach
    void connectWithTheHelper() throws Exception {
        machine = engine.machine(directory);
        engine.docker("network", "create", "--subnet", "10.60.0.0/24", "front");
        engine.docker("run", "-d", "--name", "web", "--network", "front", "--ip", "10.60.0.9", "-p", "8080:80", IMAGE);
        seeing = RealEngine.connect(engine.asHost(), new LocalMachineAccess(machine), progress::add);
        answers(8080);
    }

    @AfterEach
    void endTheHelper() throws EngineException {
        engine.docker("rm", "-f", "web");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(rules()).doesNotContain("PATCHBAY"));
        seeing.close();
        machine.down();
    }

    private List<String> ports() throws EngineException {
        return container(seeing.topology(), "web").ports().stream()
                .map(port -> port.hostPorts() + (port.external() ? " by Patchbay" : ""))
                .sorted()
                .toList();
    }

    /// Docker puts a container's rules behind all others when it starts.
    private static List<String> sortedRules() {
        return rules().lines().sorted().toList();
    }

    private void publish(String mapping) throws Exception {
        ok(seeing.apply(new Change.Publish("web", PortArgument.mapping(mapping))));
    }

    @Test
    void whatIsPublishedBesideTheEngineGoesOver() throws Exception {
        publish("8081-8083:80-82");
        publish("8090:80");
        List<String> before = sortedRules();
        ok(seeing.apply(publishing("web", "8084:80")));
        assertThat(ports()).containsExactly("8080", "8081-8083 by Patchbay", "8084", "8090 by Patchbay");
        for (int port : new int[] {8080, 8081, 8084, 8090}) {
            answers(port);
        }
        assertThat(container(seeing.topology(), "web").ports())
                .filteredOn(PortBinding::external)
                .allMatch(PortBinding::inForce);

        ok(seeing.apply(publishing("web", "8082:81")));
        assertThat(ports())
                .containsExactly("8080", "8081 by Patchbay", "8082", "8083 by Patchbay", "8084", "8090 by Patchbay");
        ok(seeing.apply(HistoryAction.UNDO));
        assertThat(ports()).containsExactly("8080", "8081-8083 by Patchbay", "8084", "8090 by Patchbay");
        ok(seeing.apply(HistoryAction.UNDO));
        assertThat(ports()).containsExactly("8080", "8081-8083 by Patchbay", "8090 by Patchbay");
        answers(8090);
        // Whoever follows the engine looks at what was recreated as well.
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sortedRules()).isEqualTo(before));
    }

    @Test
    void afterAFailureTheyAreTheOldOnesAgain() throws Exception {
        publish("8090:80");
        List<String> before = sortedRules();
        String id = inspect("web").path("Id").asText();
        engine.onHost("busybox nc -l -p 8083 >/dev/null 2>&1 </dev/null & echo $! >/run/listener; "
                + "until grep -q :1F93 /proc/net/tcp*; do :; done");
        Outcome outcome = seeing.apply(publishing("web", "8083:80"));
        engine.onHost("kill $(cat /run/listener)");
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        Refusal refusal = ((Outcome.Refused) outcome).refusal();
        assertThat(refusal.sentence()).contains("address already in use").doesNotContain("could not");
        assertThat(inspect("web").path("Id").asText()).isEqualTo(id);
        answers(8080);
        answers(8090);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sortedRules()).isEqualTo(before));
        assertThat(fromOutside(8083)).isEmpty();
    }

    @Test
    void aComposeFileDoesNotTakeThemAway() throws Exception {
        publish("8090:80");
        String id = inspect("web").path("Id").asText();
        String file = """
                name: shop
                services:
                  web:
                    image: httpd:2.4
                    container_name: web
                    environment: {A: b}
                    ports: ["8080:80"]
                    networks: {front: {ipv4_address: 10.60.0.9}}
                networks: {front: {external: true}}
                """;
        Path compose = Files.writeString(directory.resolve("compose.yaml"), file);
        Outcome outcome = seeing.apply(
                EngineComposeTest.difference(seeing, compose, ComposeGoal.UP).change());
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().sentence())
                                .startsWith("container web would be made again without the ports or networks"));
        assertThat(inspect("web").path("Id").asText()).isEqualTo(id);
        answers(8090);
    }
}
