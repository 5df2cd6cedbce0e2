package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.Manager;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.net.Protocol;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A real engine, and a controller of it, for each test.
abstract class RealEngineTest {
    static final String IMAGE = "httpd:2.4";
    static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    static Path directory;

    static RealEngine engine;

    final Queue<String> progress = new ConcurrentLinkedQueue<>();
    EngineHost controller;
    String rulesBefore;

    @BeforeAll
    static void startTheEngine() throws IOException {
        engine = RealEngine.start(directory);
    }

    @AfterAll
    static void endTheEngine() throws IOException {
        if (engine != null) {
            engine.close();
        }
    }

    @BeforeEach
    void connect() throws EngineException {
        rulesBefore = rules();
        controller = RealEngine.connect(engine.asHost(), progress::add);
    }

    @AfterEach
    void leaveNothing() {
        controller.close();
        engine.onHost("ids=$(docker -H " + engine.address() + " ps -aq); [ -z \"$ids\" ] || docker -H "
                + engine.address() + " rm -f $ids; docker -H " + engine.address() + " network prune -f");
        // Whoever follows the engine, and Podman beside it, take their rules away when they hear of it.
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(rules()).isEqualTo(rulesBefore));
    }

    /// Without the counters, which go on.
    static String rules() {
        return engine.onHost("iptables-save | grep -v '^#' | sed 's/\\[[0-9:]*\\]//'");
    }

    static Change.RunContainer run(String name, String network, int port) {
        return Change.RunContainer.of(name, IMAGE, List.of(), List.of(EndpointRequest.on(network)))
                .withPorts(List.of(PortMapping.of(null, port, 80, Protocol.TCP)));
    }

    Outcome.Done done(Change change) throws EngineException {
        return ok(controller.apply(change));
    }

    static Outcome.Done ok(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return (Outcome.Done) outcome;
    }

    Refusal refused(Change change) throws EngineException {
        Outcome outcome = controller.apply(change);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).refusal();
    }

    /// For an engine of another machine with a container `web` that runs: what needs its kernel is refused in a
    /// sentence, and this machine's is not shown for it.
    static void nothingOfItsKernelIsOurs(EngineHost seeing) throws Exception {
        for (Change change : List.of(
                new Change.Publish("web", PortArgument.mapping("8090:80")),
                Change.CreateNetwork.on("lane", "10.78.0.0/24").managedBy(Manager.PATCHBAY))) {
            assertThat(seeing.apply(change))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.refusal().sentence())
                                    .contains("only on the machine that the engine runs on"));
        }
        assertThat(seeing.apply(new Change.Connect("web", EndpointRequest.on("lane"))))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(seeing.counters().chains()).isEmpty();
        assertThat(seeing.listeners()).isEmpty();
    }

    /// One request, which is as slow as the machine is, and has to succeed.
    static String reply(String from, String url) {
        return engine.onHost(from + " curl -sS --max-time " + PATIENCE.toSeconds() + " " + url);
    }

    static String inspected(String container, String field) {
        return engine.docker("inspect", "-f", "{{" + field + "}}", container);
    }

    static Container container(Topology topology, String name) {
        return topology.containers().stream()
                .filter(container -> container.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static Network network(Topology topology, String name) {
        return topology.networks().stream()
                .filter(network -> network.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
