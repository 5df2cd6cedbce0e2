package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.core.Change;
import dev.patchbay.core.EndpointRequest;
import dev.patchbay.core.Outcome;
import dev.patchbay.core.PortMapping;
import dev.patchbay.core.topology.Container;
import dev.patchbay.core.topology.Endpoint;
import dev.patchbay.core.topology.Network;
import dev.patchbay.core.topology.Topology;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.HelperCommand;
import dev.patchbay.engine.client.LabDirectory;
import dev.patchbay.engine.client.Machine;
import dev.patchbay.engine.protocol.PlannedStep;
import dev.patchbay.engine.protocol.Refusal;
import dev.patchbay.engine.spec.Driver;
import dev.patchbay.engine.spec.HostSettings;
import dev.patchbay.engine.spec.Protocol;
import dev.patchbay.engine.spec.RestartPolicy;
import dev.patchbay.engine.spec.Stopping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that is done to a real engine, read back with Docker's own client. */
class DockerControllerTest {
    private static final String IMAGE = "httpd:2.4";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path directory;

    private static RealEngine engine;

    private final Queue<String> progress = new ConcurrentLinkedQueue<>();
    private DockerController controller;
    private String rulesBefore;

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
        controller = DockerController.connect(engine.asHost(), new DockerHistory(), progress::add);
    }

    @AfterEach
    void leaveNothing() {
        controller.close();
        engine.onHost("ids=$(docker -H " + engine.address() + " ps -aq); [ -z \"$ids\" ] || docker -H "
                + engine.address() + " rm -f $ids; docker -H " + engine.address() + " network prune -f");
        assertThat(rules()).isEqualTo(rulesBefore);
    }

    /** Without the counters, which go on. */
    private static String rules() {
        return engine.onHost("iptables-save | grep -v '^#' | sed 's/\\[[0-9:]*\\]//'");
    }

    @Test
    void thirtyContainersOnEightNetworksAreSeenAsTheyAre() throws Exception {
        engine.onHost("export DOCKER_HOST=" + engine.address() + "; for n in 1 2 3 4 5 6 7 8; do"
                + " docker network create --label n=$n net$n; done; for c in $(seq 30); do"
                + " docker create --name c$c --network net$(($c % 8 + 1)) -p $((8000 + $c)):80 --label c=$c "
                + IMAGE + "; done; docker network connect net1 c1; docker start c1 c2");

        Topology seen = controller.topology();

        assertThat(seen.networks().stream().map(Network::name))
                .startsWith("bridge", "host", "none")
                .contains("net1", "net8")
                .hasSize(11);
        assertThat(seen.containers()).hasSize(30);
        Container first = container(seen, "c1");
        assertThat(first.state()).isEqualTo(Container.State.RUNNING);
        assertThat(first.endpoints()).hasSize(2);
        assertThat(first.ports()).singleElement().satisfies(port -> {
            assertThat(port.hostPorts().first()).isEqualTo(8001);
            assertThat(port.inside()).isEqualTo("80/tcp");
            assertThat(port.inForce()).isTrue();
        });
        for (Container container : seen.containers()) {
            assertThat(engine.docker("inspect", "-f", "{{.Id}} {{.State.Status}}", container.name()))
                    .isEqualTo(container.id() + " " + container.state().name().toLowerCase(Locale.ROOT));
        }
        Network net1 = network(seen, "net1");
        assertThat(engine.docker(
                        "network", "inspect", "-f", "{{.Id}} {{(index .IPAM.Config 0).Subnet}} {{.Labels}}", "net1"))
                .isEqualTo(net1.id() + " " + net1.subnet() + " map[n:1]");
        assertThat(engine.onHost("ip -br link show type bridge")).contains(net1.bridge());
        Endpoint place = Objects.requireNonNull(first.endpointOn(net1.id()));
        assertThat(place.address())
                .hasToString(engine.docker(
                        "inspect",
                        "-f",
                        "{{.NetworkSettings.Networks.net1.IPAddress}}/{{.NetworkSettings.Networks.net1.IPPrefixLen}}",
                        "c1"));
    }

    @Test
    void inspectIsWhatTheEngineSaid() throws Exception {
        done(new Change.CreateNetwork(
                "shop",
                Driver.BRIDGE,
                List.of(),
                false,
                false,
                true,
                false,
                null,
                Map.of("tier", "back"),
                Map.of("com.docker.network.bridge.enable_icc", "false")));
        done(run("web", "shop", 8090));

        ObjectMapper json = new ObjectMapper();
        assertThat(controller.inspectNetwork("shop").toString())
                .isEqualTo(json.readTree(engine.docker("network", "inspect", "shop"))
                        .get(0)
                        .toString());
        assertThat(controller.inspectContainer("web").toString())
                .isEqualTo(json.readTree(engine.docker("inspect", "web")).get(0).toString());
    }

    @Test
    void everyActionIsDoneAndTakenBack() throws Exception {
        done(Change.CreateNetwork.on("shop", "10.77.0.0/24"));
        done(Change.CreateNetwork.on("more", "10.78.0.0/24"));
        assertThat(done(new Change.RunContainer(
                                "web",
                                IMAGE,
                                List.of(),
                                List.of(
                                        EndpointRequest.on("shop").withAddress("10.77.0.9"),
                                        EndpointRequest.on("more").withAliases(List.of("w"))),
                                List.of(PortMapping.of(null, 8090, 80, Protocol.TCP)),
                                List.of(),
                                List.of("A=b"),
                                Map.of("tier", "front"),
                                "web-host",
                                "",
                                false,
                                false,
                                HostSettings.DEFAULT,
                                true))
                        .subject())
                .isEqualTo(engine.docker("inspect", "-f", "{{.Id}}", "web"));
        assertThat(inspected("web", ".NetworkSettings.Networks.shop.IPAddress")).isEqualTo("10.77.0.9");
        assertThat(inspected("web", ".NetworkSettings.Networks.more.Aliases")).contains("w");
        assertThat(engine.onHost("curl -s http://198.51.100.2:8090/")).contains("It works!");

        done(new Change.Disconnect("more", "web"));
        assertThat(inspected("web", ".NetworkSettings.Networks")).doesNotContain("more");
        done(new Change.Connect("web", EndpointRequest.on("more").withAddress("10.78.0.44")));
        assertThat(inspected("web", ".NetworkSettings.Networks.more.IPAddress")).isEqualTo("10.78.0.44");
        done(new Change.RenameContainer("web", "www"));
        done(new Change.UpdateContainer("www", new RestartPolicy(RestartPolicy.Name.ON_FAILURE, 3)));
        assertThat(inspected("www", ".HostConfig.RestartPolicy")).isEqualTo("{on-failure 3}");
        done(new Change.RestartContainer("www", new Stopping(Stopping.SIGTERM, 1)));
        assertThat(inspected("www", ".State.Status")).isEqualTo("running");
        done(new Change.StopContainer("www"));
        assertThat(inspected("www", ".State.Status")).isEqualTo("exited");
        done(new Change.StartContainer("www"));
        done(new Change.StopContainer("www", Stopping.AT_ONCE));
        assertThat(inspected("www", ".State.ExitCode")).isEqualTo("137");

        String settings = engine.docker("network", "inspect", "-f", "{{json .IPAM}}", "more");
        for (int undone = 0; undone < 8; undone++) {
            Outcome.Done back = ok(controller.undo());
            assertThat(back.title()).startsWith("undo: docker ");
        }
        assertThat(inspected("web", ".State.Status")).isEqualTo("running");
        assertThat(inspected("web", ".HostConfig.RestartPolicy")).isEqualTo("{no 0}");
        assertThat(inspected("web", ".NetworkSettings.Networks.more.Aliases")).contains("w");
        assertThat(engine.docker("network", "inspect", "-f", "{{json .IPAM}}", "more"))
                .isEqualTo(settings);
        for (int undone = 0; undone < 3; undone++) {
            ok(controller.undo());
        }
        assertThat(engine.docker("ps", "-aq")).isEmpty();
        assertThat(engine.docker("network", "ls", "-qf", "type=custom")).isEmpty();
        assertThat(rules()).isEqualTo(rulesBefore);
        assertThat(controller.undo()).isInstanceOf(Outcome.Refused.class);
        ok(controller.redo());
        ok(controller.redo());
        ok(controller.redo());
        assertThat(engine.onHost("curl -s http://198.51.100.2:8090/")).contains("It works!");
    }

    @Test
    void theKernelsSideIsSeenThroughTheMachinesHelper() throws Exception {
        Machine machine = new Machine(
                LabDirectory.ofMachine(directory.resolve("root")), HelperCommand.standard(), engine.joining());
        String everything = "iptables-save | grep -v '^[:#]'; ip6tables-save | grep -v '^[:#]';"
                + " iptables -S | grep -v '^-A'; ip -o addr | sed 's, tentative,,'; sysctl -a 2>/dev/null | grep forwarding";
        String before = engine.onHost(everything);
        try (DockerController seeing = DockerController.connect(
                engine.asHost(), new MachineSide(machine), new DockerHistory(), progress::add)) {
            assertThat(seeing.counters().rules())
                    .anyMatch(rule -> rule.chain().equals("POSTROUTING")
                            && rule.specification().contains("-s 172.17.0.0/16 ! -o docker0 -j MASQUERADE"));
            assertThat(engine.onHost(everything)).isEqualTo(before);
            Topology seen = seeing.topology();
            assertThat(seen.host().interfaces())
                    .singleElement()
                    .satisfies(link -> assertThat(link.name()).isEqualTo("eth0"));
            assertThat(String.valueOf(seen.host().defaultGateway())).contains("198.51.100.1");
            // What carries a network is the kernel's word, not the engine's.
            AtomicReference<Topology> last = new AtomicReference<>();
            try (AutoCloseable _ = seeing.watch(last::set, _ -> {})) {
                engine.onHost("ip link set docker0 down");
                await().atMost(PATIENCE)
                        .until(() -> last.get() != null
                                && !network(last.get(), "bridge").bridgeUp());
                assertThat(last.get().problems())
                        .singleElement()
                        .satisfies(problem -> assertThat(problem.sentence())
                                .isEqualTo("bridge docker0 of network bridge is down: `ip link set docker0 up`"));
                engine.onHost("ip link set docker0 up");
                await().atMost(PATIENCE)
                        .until(() -> network(last.get(), "bridge").bridgeUp());
                done(run("web", "bridge", 8090));
                engine.onHost("iptables -N ufw-user-input");
                await().atMost(PATIENCE).until(() -> !last.get().problems().isEmpty());
                assertThat(last.get().problems().getFirst().sentence())
                        .isEqualTo(
                                "port 8090/tcp of web is open to every network, whatever ufw says: the engine's rules"
                                        + " come before its own");
                engine.onHost("iptables -X ufw-user-input");
                await().atMost(PATIENCE).until(() -> last.get().problems().isEmpty());
            }
            assertThat(seeing.listeners()).isNotNull();
        } finally {
            machine.down();
        }
    }

    @Test
    void aPreviewSaysTheRequestsAndSendsNone() throws Exception {
        Outcome.Done planned = ok(controller.preview(run("web", "bridge", 8090)));

        assertThat(planned.steps().stream().map(PlannedStep::name))
                .containsExactly("create container web", "start container web");
        assertThat(planned.steps().getFirst().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .isEqualTo("docker create --name web -p 8090:80 --network bridge httpd:2.4"),
                        line -> assertThat(line)
                                .startsWith("POST /containers/create?name=web {\"Image\":\"httpd:2.4\""));
        assertThat(engine.docker("ps", "-aq")).isEmpty();
    }

    @Test
    void whatFailsHalfwayLeavesNothing() throws Exception {
        done(run("first", "bridge", 8090));

        Refusal refusal = refused(run("second", "bridge", 8090));

        assertThat(refusal.sentence()).contains("port is already allocated");
        assertThat(engine.docker("ps", "-a", "--format", "{{.Names}}")).isEqualTo("first");
    }

    @Test
    void theEnginesSentencesAreTheRefusals() throws Exception {
        done(run("web", "bridge", 8090));
        assertThat(refused(new Change.RemoveContainer("web", false)).sentence())
                .startsWith("You cannot remove a running container");
        assertThat(refused(new Change.RemoveNetwork("bridge")).sentence())
                .isEqualTo("bridge is a pre-defined network and cannot be removed");
        assertThat(refused(Change.CreateNetwork.on("bad", "10.0.0.0/33")).code())
                .startsWith("docker-");
        assertThat(refused(new Change.StartContainer("nobody")).code()).isEqualTo("container-not-found");
        assertThat(refused(new Change.Connect("web", EndpointRequest.on("nowhere")))
                        .code())
                .isEqualTo("network-not-found");
        assertThat(refused(new Change.Publish("web", PortMapping.of(null, 8091, 80, Protocol.TCP)))
                        .advice())
                .contains("web");
        assertThat(refused(new Change.RunContainer(
                                "pulled",
                                "nobody/nothing:1",
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                Map.of(),
                                null,
                                "",
                                false,
                                false,
                                HostSettings.DEFAULT,
                                true))
                        .sentence())
                .contains("registry");
        assertThat(progress).first().isEqualTo("pull image nobody/nothing:1");
        done(new Change.RemoveContainer("web", true));
        assertThat(controller.undo())
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        no -> assertThat(no.refusal().sentence()).contains("files are gone"));
    }

    @Test
    void pruningListsFirstWhatGoes() throws Exception {
        done(Change.CreateNetwork.on("used", "10.77.0.0/24"));
        done(Change.CreateNetwork.on("idle", "10.78.0.0/24"));
        done(run("web", "used", 8090));
        done(run("old", "bridge", 8091));
        done(new Change.StopContainer("old", Stopping.AT_ONCE));

        assertThat(ok(controller.preview(new Change.PruneContainers(Map.of())))
                        .steps()
                        .getFirst()
                        .name())
                .isEqualTo("remove stopped containers: old");
        assertThat(done(new Change.PruneNetworks(Map.of())).subject()).isEqualTo("idle");
        assertThat(engine.docker("network", "ls", "-f", "type=custom", "--format", "{{.Name}}"))
                .isEqualTo("used");
        ok(controller.undo());
        assertThat(engine.docker("network", "inspect", "-f", "{{(index .IPAM.Config 0).Subnet}}", "idle"))
                .isEqualTo("10.78.0.0/24");
        done(new Change.PruneContainers(Map.of()));
        assertThat(engine.docker("ps", "-a", "--format", "{{.Names}}")).isEqualTo("web");
    }

    @Test
    void logsEventsAndSignalsAreTheEngines() throws Exception {
        engine.docker("run", "-d", "--name", "talker", IMAGE, "sh", "-c", "echo one; echo two >&2; exec sleep 1000");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(new String(
                                Base64.getDecoder()
                                        .decode(controller.log("talker", 0).base64()),
                                StandardCharsets.UTF_8))
                        .contains("one\n", "two\n"));
        assertThat(controller.signal("talker", Stopping.SIGKILL)).isEmpty();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(inspected("talker", ".State.Running")).isEqualTo("false"));
        assertThat(controller.events().stream()
                        .filter(event -> Objects.equals(event.attributes().get("name"), "talker"))
                        .map(event -> event.action()))
                .containsSubsequence("create", "start", "kill", "die");
    }

    @Test
    void aWatchSeesWhatOthersDoAndTheEnginesDeath() throws Exception {
        AtomicReference<Topology> seen = new AtomicReference<>();
        AtomicReference<EngineException> lost = new AtomicReference<>();
        try (AutoCloseable _ = controller.watch(seen::set, lost::set)) {
            engine.docker("network", "create", "others");
            engine.docker("run", "-d", "--name", "theirs", "--network", "others", "--restart", "always", IMAGE);
            await().atMost(PATIENCE)
                    .until(() -> seen.get() != null
                            && seen.get().containers().stream().anyMatch(Container::running));
            engine.docker("network", "connect", "bridge", "theirs");
            await().atMost(PATIENCE)
                    .until(() -> container(seen.get(), "theirs").endpoints().size() == 2);

            engine.kill();
            await().atMost(PATIENCE).until(() -> lost.get() != null);
            assertThat(lost.get().getMessage()).contains("engine");
            assertThatThrownBy(controller::topology)
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("is it running?");
        } finally {
            engine.startAgain();
        }
        // What was open before serves again.
        await().atMost(PATIENCE)
                .until(() -> container(controller.topology(), "theirs").running());
    }

    private static Change.RunContainer run(String name, String network, int port) {
        return Change.RunContainer.of(name, IMAGE, List.of(), List.of(EndpointRequest.on(network)))
                .withPorts(List.of(PortMapping.of(null, port, 80, Protocol.TCP)));
    }

    private Outcome.Done done(Change change) throws EngineException {
        return ok(controller.apply(change));
    }

    private static Outcome.Done ok(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return (Outcome.Done) outcome;
    }

    private Refusal refused(Change change) throws EngineException {
        Outcome outcome = controller.apply(change);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).refusal();
    }

    private static String inspected(String container, String field) {
        return engine.docker("inspect", "-f", "{{" + field + "}}", container);
    }

    private static Container container(Topology topology, String name) {
        return topology.containers().stream()
                .filter(container -> container.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Network network(Topology topology, String name) {
        return topology.networks().stream()
                .filter(network -> network.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
