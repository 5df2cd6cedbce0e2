package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.host.HostCapability;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Manager;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.model.RootlessEngine;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.core.reachability.ReachabilityRequest;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.client.HelperStart;
import dev.patchbay.engine.client.Machine;
import dev.patchbay.engine.net.Protocol;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// An engine of an ordinary user, whose bridges and rules are in a network namespace of its own. Root's helper of its
/// host runs: what the engine does itself works, and nothing of the host's kernel is taken for the engine's.
@EnabledIfSystemProperty(named = "patchbay.long", matches = "true", disabledReason = "runs with --long")
@TestInstance(Lifecycle.PER_CLASS)
abstract class RootlessEngineTest {
    private static final String IMAGE = "httpd:2.4";

    @TempDir
    static Path directory;

    RealEngine engine;

    private Machine machine;
    private EngineHost controller;
    private String hostBefore;

    /// What the engine's own document says.
    abstract RootlessEngine drivers();

    /// Of `build/rootless-host`.
    abstract String program();

    @BeforeAll
    void startTheEngine() throws IOException {
        engine = RealEngine.startRootless(program(), directory);
    }

    @AfterAll
    void endTheEngine() throws IOException {
        if (engine != null) {
            List<ProcessHandle> processes = engine.processes();
            engine.close();
            assertThat(processes).hasSizeGreaterThan(3).noneMatch(ProcessHandle::isAlive);
        }
    }

    @BeforeEach
    void connect() throws Exception {
        hostBefore = host();
        machine = engine.machine(directory);
        assertThat(machine.up()).isInstanceOf(HelperStart.Ready.class);
        controller = RealEngine.connect(engine.asHost(), new LocalMachineAccess(machine), _ -> {});
    }

    @AfterEach
    void leaveNothing() throws Exception {
        controller.close();
        engine.onHost("ids=$(docker -H " + engine.address() + " ps -aq); [ -z \"$ids\" ] || docker -H "
                + engine.address() + " rm -f $ids; docker -H " + engine.address() + " network prune -f");
        machine.down();
        await().atMost(RealEngineTest.PATIENCE)
                .untilAsserted(() -> assertThat(host()).isEqualTo(hostBefore));
    }

    /// Links, addresses and rules of the host's own network namespace.
    private String host() {
        return engine.onHost(RealEngine.ADDRESSES + "; ip -o link | cut -d: -f2;"
                + " iptables-save | grep -v '^#' | sed 's/\\[[0-9:]*\\]//'");
    }

    private Outcome.Done done(Change change) throws Exception {
        return RealEngineTest.ok(controller.apply(change));
    }

    private void awaitAnswer(String command) {
        await().atMost(RealEngineTest.PATIENCE)
                .until(() -> engine.onHost(command + " || true").contains("It works!"));
    }

    private void awaitAnswers(int port) {
        awaitAnswer("curl -s --max-time 3 http://127.0.0.1:" + port + "/");
        awaitAnswer("ip netns exec outside curl -s --max-time 3 http://198.51.100.2:" + port + "/");
    }

    private String inspected(String container, String field) {
        return engine.docker("inspect", "-f", "{{" + field + "}}", container);
    }

    /// The addresses in the kernel of a container.
    private String addresses(String container) {
        return engine.onHost(
                "nsenter -t " + inspected(container, ".State.Pid") + " -n ip -o -4 address show scope global");
    }

    @Test
    void theSeedSessionWorks() throws Exception {
        done(Change.CreateNetwork.on("frontend", "10.77.0.0/24"));
        done(Change.CreateNetwork.on("backend", "10.78.0.0/24"));
        done(Change.RunContainer.of("web", IMAGE, List.of(), List.of(EndpointRequest.on("frontend")))
                .withPorts(List.of(PortMapping.of(null, 8090, 80, Protocol.TCP))));
        done(new Change.Connect("web", EndpointRequest.on("backend")));
        assertThat(addresses("web")).contains("10.77.0.", "10.78.0.");
        awaitAnswers(8090);

        Topology topology = controller.topology();
        assertThat(topology.host().rootless()).isEqualTo(drivers());
        assertThat(RealEngineTest.network(topology, "frontend").subnet()).hasToString("10.77.0.0/24");
        Container web = RealEngineTest.container(topology, "web");
        assertThat(web.endpoints()).hasSize(2);
        assertThat(web.ports()).singleElement().satisfies(port -> {
            assertThat(port.hostPorts().first()).isEqualTo(8090);
            assertThat(port.inForce()).isTrue();
            assertThat(port.ruleState()).isEqualTo(PortBinding.RuleState.UNKNOWN);
        });

        RealEngineTest.ok(controller.apply(HistoryAction.UNDO));
        assertThat(addresses("web")).contains("10.77.0.").doesNotContain("10.78.0.");
        for (int action = 0; action < 3; action++) {
            RealEngineTest.ok(controller.apply(HistoryAction.UNDO));
        }
        assertThat(engine.docker("ps", "-aq")).isEmpty();
        assertThat(engine.docker("network", "ls", "--format", "{{.Name}}")).doesNotContain("frontend", "backend");
        assertThat(engine.onHost("curl -s --max-time 3 http://127.0.0.1:8090/ || echo refused"))
                .isEqualTo("refused");
    }

    @Test
    void aPortOfTheEnginesClientIsShownAndAnswers() throws Exception {
        engine.docker("run", "-d", "--name", "web", "-p", "127.0.0.1:8091:80", IMAGE);
        awaitAnswer("curl -s --max-time 3 http://127.0.0.1:8091/");
        assertThat(RealEngineTest.container(controller.topology(), "web").ports())
                .singleElement()
                .satisfies(port -> {
                    assertThat(port.hostSide()).isEqualTo("127.0.0.1:8091");
                    assertThat(port.inForce()).isTrue();
                });
    }

    /// The host has links of the names of the engine's bridges, as beside an engine of root's.
    @Test
    void theHostsKernelIsNotTakenForTheEngines() throws Exception {
        engine.docker("network", "create", "lane");
        engine.docker("run", "-d", "--name", "web", "--network", "lane", "-p", "8092:80", IMAGE);
        awaitAnswers(8092);
        List<String> bridges = controller.topology().networks().stream()
                .map(Network::bridge)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        assertThat(bridges).isNotEmpty();
        assertThat(machine.linkNames()).doesNotContainAnyElementsOf(bridges);
        for (String bridge : bridges) {
            engine.onHost("ip link add " + bridge + " type bridge");
        }
        engine.docker("stop", "--time", "1", "web");
        // No container that runs shows where the networks are.
        try (EngineHost seeing = RealEngine.connect(engine.asHost(), new LocalMachineAccess(machine), _ -> {})) {
            notTheHosts(seeing);
        }
        engine.docker("start", "web");
        try (EngineHost seeing = RealEngine.connect(engine.asHost(), new LocalMachineAccess(machine), _ -> {})) {
            notTheHosts(seeing);

            Refusal refusal = seeing.unavailable(HostCapability.KERNEL).orElseThrow();
            assertThat(refusal.sentence())
                    .isEqualTo("This engine is rootless: its bridges and rules are in a network namespace of its own,"
                            + " which Patchbay does not enter");
            for (Change change : List.of(
                    new Change.Publish("web", PortArgument.mapping("8093:80")),
                    Change.CreateNetwork.on("beside", "10.79.0.0/24").managedBy(Manager.PATCHBAY))) {
                assertThat(seeing.apply(change)).isEqualTo(new Outcome.Refused(refusal));
            }
            assertThat(catchThrowableOfType(
                                    RefusedException.class,
                                    () -> seeing.explain(new ReachabilityRequest("outside", "web:80", false, false)))
                            .refusal())
                    .isEqualTo(refusal);
        } finally {
            for (String bridge : bridges) {
                engine.onHost("ip link delete " + bridge);
            }
        }
        awaitAnswers(8092);
    }

    private static void notTheHosts(EngineHost seeing) throws Exception {
        Topology topology = seeing.topology();
        assertThat(topology.problems()).isEmpty();
        assertThat(topology.driftCoverage()).isEqualTo(Topology.DriftCoverage.NOTHING);
        assertThat(topology.host().interfaces()).isEmpty();
        assertThat(seeing.counters().chains()).isEmpty();
        assertThat(seeing.listeners()).isEmpty();
        assertThat(seeing.repair(true)).isEmpty();
    }
}
