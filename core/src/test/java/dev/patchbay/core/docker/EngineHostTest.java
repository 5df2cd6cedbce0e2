package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.patchbay.core.host.LogQuery;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.client.Machine;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.kernel.Listener;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What is seen of a real engine is what Docker's own client and the kernel say.
class EngineHostTest extends RealEngineTest {
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
            assertThat(port.containerPortText()).isEqualTo("80/tcp");
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
    void theKernelsSideIsSeenThroughTheMachinesHelper() throws Exception {
        Machine machine = engine.machine(directory);
        String everything = "(iptables-save; ip6tables-save) | grep -v '^[:#]'; iptables -S | grep -v '^-A'; "
                + RealEngine.ADDRESSES + "; sysctl -a 2>/dev/null | grep forwarding";
        String before = engine.onHost(everything);
        try (EngineHost seeing = RealEngine.connect(engine.asHost(), new LocalMachineAccess(machine), progress::add)) {
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
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(last.get().problems())
                                .singleElement()
                                .satisfies(problem -> assertThat(problem.sentence())
                                        .isEqualTo("The bridge docker0 of network bridge is down: `ip link set docker0"
                                                + " up`")));
                engine.onHost("ip link set docker0 up");
                await().atMost(PATIENCE)
                        .until(() -> network(last.get(), "bridge").bridgeUp());
                engine.onHost("sysctl -q -w net.ipv4.ip_forward=0");
                await().atMost(PATIENCE)
                        .until(() -> last.get().problems().stream()
                                .anyMatch(problem ->
                                        problem.sentence().startsWith("This machine does not forward IPv4")));
                engine.onHost("sysctl -q -w net.ipv4.ip_forward=1");
                await().atMost(PATIENCE).until(() -> last.get().problems().isEmpty());
            }
            assertThat(seeing.listeners())
                    .extracting(Listener::port)
                    .containsExactlyInAnyOrderElementsOf(engine.onHost("ss -Htuln | awk '{print $5}' | sed 's/.*://'")
                            .lines()
                            .map(Integer::valueOf)
                            .toList());
        } finally {
            machine.down();
        }
    }

    @Test
    void logsEventsAndSignalsAreTheEngines() throws Exception {
        engine.docker("run", "-d", "--name", "talker", IMAGE, "sh", "-c", "echo one; echo two >&2; exec sleep 1000");
        await().atMost(PATIENCE).untilAsserted(() -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            controller.log("talker", new LogQuery(LogQuery.ALL, false), out, err);
            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("one\n");
            assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("two\n");
        });
        controller.signal("talker", StopMode.SIGKILL);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(inspected("talker", ".State.Running")).isEqualTo("false"));
        // Docker tells that a container has died after its state says so.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(controller.events().stream()
                                .filter(event ->
                                        Objects.equals(event.attributes().get("name"), "talker"))
                                .map(event -> event.action()))
                        .containsSubsequence("create", "start", "kill", "die"));
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
}
