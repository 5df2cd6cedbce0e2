package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.helper.HelperSession;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.client.HelperClient;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.protocol.Request;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.status.Problem;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Docker's own client makes networks and containers that Patchbay manages, and takes them away.
class RemoteDriverTest extends DriverEngineTest {
    private static void shopWithWeb() {
        engine.docker("network", "create", "-d", "patchbay", "--subnet", "10.77.0.0/24", "shop");
        engine.docker("run", "-d", "--name", "web", "--network", "shop", "-p", "8080:80", IMAGE);
        answers();
    }

    @Test
    void dockersNetworkIsABridgeOfOursWithNamesAndPorts() {
        shopWithWeb();
        String id = engine.docker("network", "inspect", "-f", "{{.Driver}} {{.Id}}", "shop");
        assertThat(id).startsWith("patchbay ");
        String bridge = "pb-" + id.substring("patchbay ".length()).substring(0, 12);
        assertThat(engine.onHost("ip -br address show " + bridge)).contains("10.77.0.1/24");
        assertThat(engine.onHost("ip -o link show master " + bridge)).containsPattern("pbv[0-9a-f]{12}@");
        assertThat(engine.onHost("iptables -t nat -S PATCHBAY"))
                .contains("--dport 8080 -j DNAT --to-destination 10.77.0.2:80");
        assertThat(engine.docker("exec", "web", "ip", "-o", "address", "show", "eth0"))
                .contains("10.77.0.2/24");
        assertThat(engine.docker("exec", "web", "ip", "route")).contains("default via 10.77.0.1 dev eth0");
        assertThat(inspected("web", ".NetworkSettings.Networks.shop.MacAddress"))
                .isEqualTo(engine.docker("exec", "web", "cat", "/sys/class/net/eth0/address"))
                .isEqualTo("02:42:0a:4d:00:02");

        engine.docker("run", "-d", "--name", "db", "--network", "shop", "--network-alias", "store", IMAGE);
        answers("web", "http://db");
        answers("web", "http://store");
        answers("db", "http://web");
        // Through the host, to itself and to another.
        answers("web", URL);
        answers("db", URL);
        assertThat(engine.docker("exec", "db", "busybox", "ping", "-c1", "-W60", "198.51.100.1"))
                .contains(" 0% packet loss");
    }

    @Test
    void containersComeAndGo() {
        shopWithWeb();
        engine.docker("restart", "-t", "1", "web");
        answers();
        engine.docker("stop", "-t", "1", "web");
        assertThat(ourLinks()).matches("pb-[0-9a-f]{12}");
        assertThat(engine.onHost("iptables-save")).doesNotContain("8080");
        engine.docker("start", "web");
        answers();
        engine.docker("run", "-d", "--name", "late", IMAGE);
        engine.docker("network", "connect", "--ip", "10.77.0.9", "shop", "late");
        answers("web", "http://late");
        assertThat(engine.docker("exec", "late", "ip", "-o", "address")).contains("10.77.0.9/24");
        engine.docker("network", "disconnect", "shop", "late");
        assertThat(engine.docker("exec", "late", "ip", "-o", "address")).doesNotContain("10.77.0.9");
        assertThat(ourLinks().lines().filter(link -> link.startsWith("pbv"))).hasSize(1);
        engine.docker("rm", "-f", "web");
        engine.docker("network", "rm", "shop");
        assertThat(ourLinks()).isEmpty();
        assertThat(rules()).isEqualTo(rulesBefore);
    }

    @Test
    void theEngineDiesAndComesBack() throws Exception {
        shopWithWeb();
        engine.kill();
        engine.startAgain();
        engine.docker("start", "web");
        answers();
        assertThat(ourLinks().lines().filter(link -> link.startsWith("pbv"))).hasSize(1);
    }

    @Test
    void theDriverAndTheHelperAreExchanged() throws Exception {
        shopWithWeb();
        driver.close();
        machine.down();
        answers();
        driver = open();
        answers();
        machine.down();
        engine.docker("run", "-d", "--name", "db", "--network", "shop", IMAGE);
        answers("web", "http://db");
        answers();
        assertThatThrownBy(this::open).isInstanceOf(RefusedException.class).hasMessageContaining("serves");
    }

    @Test
    void theHostsSideIsMendedAndTheContainersIsLeftAlone() throws Exception {
        shopWithWeb();
        Path socket = helper();
        String link = ourLinks()
                .lines()
                .filter(name -> name.startsWith("pbv"))
                .findFirst()
                .orElseThrow();
        engine.onHost("iptables -t nat -F PATCHBAY; ip link set " + link + " nomaster");
        try (HelperClient client = HelperClient.connect(socket);
                HelperSession records = HelperSession.connect(socket)) {
            client.call(new Request.Repair(false));
            answers();
            await().atMost(PATIENCE).until(() -> records.state().problems().isEmpty());
            engine.onHost("ip link delete " + link);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(records.state().problems())
                            .extracting(Problem::sentence)
                            .singleElement()
                            .asString()
                            .contains(link)
                            .endsWith("is gone: start the container again"));
            client.call(new Request.Repair(false));
            assertThat(ourLinks()).doesNotContain("pbc").doesNotContain("pbv");
            engine.docker("restart", "-t", "1", "web");
            answers();
            await().atMost(PATIENCE).until(() -> records.state().problems().isEmpty());
        }
    }

    /// As after a reboot in which the engine never came to take its endpoints away.
    @Test
    void whatAnEngineForgotIsForgottenToo() throws Exception {
        shopWithWeb();
        engine.kill();
        driver.close();
        engine.onHost("ip -o link | grep -oE 'pbv[0-9a-f]{12}' | xargs -n1 ip link delete");
        driver = open();
        try (HelperSession records = HelperSession.connect(helper())) {
            Specs specs = records.state().specs();
            assertThat(specs.endpoints()).isEmpty();
            assertThat(specs.sandboxes()).isEmpty();
            assertThat(specs.ports()).isEmpty();
            assertThat(specs.networks()).hasSize(1);
        }
        engine.startAgain();
        engine.docker("start", "web");
        answers();
    }

    @Test
    void optionsReachTheNetwork() throws Exception {
        engine.docker(
                "network",
                "create",
                "-d",
                "patchbay",
                "--ipv6",
                "--subnet",
                "10.78.0.0/24",
                "--gateway",
                "10.78.0.254",
                "--subnet",
                "fd78::/64",
                "-o",
                "com.docker.network.driver.mtu=1400",
                "-o",
                "com.docker.network.bridge.name=shop0",
                "-o",
                "com.docker.network.bridge.host_binding_ipv4=127.0.0.1",
                "six");
        engine.docker("run", "-d", "--name", "web", "--network", "six", "-p", "8000-8010:80", "-p", "53:53/udp", IMAGE);
        assertThat(engine.onHost("ip -o link show shop0")).contains("mtu 1400");
        assertThat(engine.docker("exec", "web", "ip", "-o", "link", "show", "eth0"))
                .contains("mtu 1400");
        assertThat(engine.docker("exec", "web", "ip", "route")).contains("default via 10.78.0.254");
        assertThat(engine.docker("exec", "web", "ip", "-6", "route")).contains("default via fd78::1");
        // Docker gives the container its address, which is tentative at first.
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(engine.docker("exec", "web", "busybox", "ping", "-6", "-c1", "-W5", "fd78::1"))
                                .contains(" 0% packet loss"));
        assertThat(engine.onHost("iptables -t nat -S PATCHBAY"))
                .contains("-d 127.0.0.1/32 -p tcp -m tcp --dport 8000 -j DNAT", "-p udp -m udp --dport 53 -j DNAT");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(engine.onHost("curl -sf http://127.0.0.1:8000"))
                        .contains("It works!"));
    }

    @Test
    void anInternalNetworkLeadsNowhere() {
        engine.docker("network", "create", "-d", "patchbay", "--internal", "--subnet", "10.79.0.0/24", "inner");
        engine.docker("run", "-d", "--name", "one", "--network", "inner", IMAGE);
        engine.docker("run", "-d", "--name", "two", "--network", "inner", IMAGE);
        answers("one", "http://two");
        assertThat(engine.docker("exec", "one", "ip", "route")).doesNotContain("default");
        assertThat(engine.onHost("ip -br link")).doesNotContain("docker_gwbridge");
    }

    @Test
    void mistakesReachWhoeverTypedTheCommand() {
        shopWithWeb();
        assertThat(engine.refused(
                        "network", "create", "-d", "patchbay", "-o", "com.docker.network.driver.mtu=many", "bad"))
                .startsWith("Error response from daemon: ")
                .contains("remote: ", "com.docker.network.driver.mtu", "many")
                .hasLineCount(1);
        assertThat(engine.refused("run", "-d", "--name", "thief", "--network", "shop", "-p", "8080:80", IMAGE))
                .contains(
                        "driver failed programming external connectivity on endpoint thief",
                        "remote: Bind for 0.0.0.0:8080 failed: port is already allocated. Container endpoint-",
                        "Host port 8081 is free.");
        engine.docker("rm", "-f", "thief");
        assertThat(engine.refused("network", "create", "-d", "patchbay", "--subnet", "10.77.0.0/16", "over"))
                .contains("overlaps");
        answers();
    }

    @Test
    void aPortThatNobodyNamedIsFoundInTheRecords() throws Exception {
        engine.docker("network", "create", "-d", "patchbay", "shop");
        engine.docker("run", "-d", "--name", "web", "--network", "shop", "-p", "80", IMAGE);
        try (HelperSession records = HelperSession.connect(helper())) {
            Specs specs = records.state().specs();
            EndpointSpec endpoint = specs.endpoints().getFirst();
            assertThat(endpoint.id().value()).isEqualTo(inspected("web", ".NetworkSettings.Networks.shop.EndpointID"));
            int port = specs.portsOfEndpoint(endpoint.id()).getFirst().hostPort();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(engine.onHost("curl -sf http://198.51.100.2:" + port))
                            .contains("It works!"));
            try (EngineHost seeing = RealEngine.connect(engine.asHost(), new LocalMachineAccess(machine), _ -> {})) {
                assertThat(RealEngineTest.container(seeing.topology(), "web").ports())
                        .singleElement()
                        .satisfies(binding -> {
                            assertThat(binding.hostPorts()).isEqualTo(PortRange.single(port));
                            assertThat(binding.containerPorts()).isEqualTo(PortRange.single(80));
                            assertThat(binding.inForce()).isTrue();
                            assertThat(binding.endpoint()).isEqualTo(endpoint.id());
                        });
            }
        }
    }
}
