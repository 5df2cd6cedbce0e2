package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.spec.SandboxSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What options, drivers and updates of networks do to a real kernel, and that nothing of it is left.
class NetworkKindsTest {
    private static final String BRIDGE = "com.docker.network.bridge.";

    private static RealLab lab;

    @BeforeAll
    static void up(@TempDir Path home) throws Exception {
        lab = new RealLab(home);
    }

    @AfterAll
    static void down() throws Exception {
        lab.close();
    }

    private static Change.CreateNetwork network(
            String name, Driver driver, List<PoolRequest> pools, Map<String, String> options) {
        return new Change.CreateNetwork(
                name, driver, pools, false, false, false, false, null, Map.of("made", "here"), options);
    }

    private static void run(String name, String network) throws EngineException {
        lab.done(Change.RunContainer.of(name, "httpd:2.4", List.of(), List.of(EndpointRequest.on(network))));
    }

    private static String in(String container, String command) throws EngineException {
        String namespace = lab.state().specs().stream()
                .filter(SandboxSpec.class::isInstance)
                .map(SandboxSpec.class::cast)
                .filter(sandbox -> sandbox.name().equals(container))
                .findFirst()
                .orElseThrow()
                .netnsName();
        return lab.onHost("ip netns exec " + namespace + " " + command);
    }

    private static void remove(String container, String... networks) throws EngineException {
        lab.done(new Change.RemoveContainer(container, true));
        for (String network : networks) {
            lab.done(new Change.RemoveNetwork(network));
        }
    }

    /// A bridge loses its carrier up to a second after its last port, so what follows from that is left out.
    private static String everything() throws EngineException {
        return lab.onHost(
                "ip -d -o link | sed -E 's/ promiscuity.*//; s/NO-CARRIER,|,LOWER_UP//; s/ state [A-Z]+//'; ip -o addr"
                        + " | sed 's/^[0-9]*: //; / fe80::/d'; ip netns; iptables-save | grep -v '^[#:]'; sysctl -a"
                        + " 2>/dev/null | grep -E 'route_localnet|accept_ra '");
    }

    @Test
    void aBridgeThatWasThereIsUsedAndLeftAsItWas() throws Exception {
        lab.onHost("ip link add byhand address 02:00:00:00:00:55 up type bridge && ip addr add 10.55.0.1/24 dev byhand"
                + " && ip addr add 192.0.2.77/32 dev byhand");
        String before = everything();
        lab.done(network(
                "found",
                Driver.BRIDGE,
                List.of(new PoolRequest("10.55.0.0/24", null, "10.55.0.9", Map.of())),
                Map.of(BRIDGE + "name", "byhand")));
        run("web", "found");
        assertThat(lab.onHost("ip -br addr show byhand"))
                .contains("UP", "10.55.0.1/24", "192.0.2.77/32", "10.55.0.9/24");
        await().untilAsserted(() -> assertThat(lab.onHost("curl -s --max-time 20 http://10.55.0.2/"))
                .contains("It works!"));
        lab.killHelper();
        lab.up();
        assertThat(lab.controller().repair(true)).isEmpty();

        remove("web", "found");

        assertThat(everything()).isEqualTo(before);
        lab.onHost("ip link delete byhand");
    }

    @Test
    void eachOptionIsInTheKernel() throws Exception {
        String before = everything();
        lab.done(network(
                "opts",
                Driver.BRIDGE,
                List.of(new PoolRequest("10.56.0.0/24", null, "10.56.0.254", Map.of("router", "10.56.0.1"))),
                Map.of(
                        BRIDGE + "name",
                        "shop0",
                        BRIDGE + "inhibit_ipv4",
                        "true",
                        "com.docker.network.host_ipv4",
                        "198.51.100.2",
                        "com.docker.network.container_iface_prefix",
                        "lan",
                        "com.docker.network.driver.mtu",
                        "1400")));
        run("web", "opts");
        assertThat(lab.onHost("ip -o addr show shop0")).doesNotContain("10.56.0.");
        assertThat(lab.onHost("ip -o link show shop0")).contains("mtu 1400");
        assertThat(in("web", "ip -o addr show lan0")).contains("10.56.0.2/24");
        assertThat(in("web", "ip -o link show lan0")).contains("mtu 1400");
        assertThat(in("web", "ip route")).contains("default via 10.56.0.254 dev lan0");
        assertThat(lab.onHost("iptables-save -t nat"))
                .contains(
                        "-A PATCHBAY-POSTROUTING -s 10.56.0.0/24 ! -o shop0 -j SNAT --to-source 198.51.100.2",
                        "-A PATCHBAY-POSTROUTING -o shop0 -m addrtype --src-type LOCAL -j SNAT --to-source"
                                + " 198.51.100.2");

        remove("web", "opts");

        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aNetworkInUseGetsAnotherNameOtherLabelsAndAnotherMtu() throws Exception {
        String before = everything();
        lab.done(network("old", Driver.BRIDGE, List.of(), Map.of()));
        run("web", "old");
        String bridge = lab.controller().topology().networks().stream()
                .filter(network -> network.name().equals("old"))
                .findFirst()
                .orElseThrow()
                .bridge();
        Change update = new Change.UpdateNetwork("old", "new", Map.of("k", "v"), List.of("made"), "1300");
        Outcome.Done preview = RealLab.done(lab.controller().preview(update));
        assertThat(preview.steps())
                .singleElement()
                .satisfies(step -> assertThat(step.lines()).hasSize(3).allMatch(line -> line.endsWith("mtu 1300")));

        assertThat(lab.done(update).output()).isEqualTo("new");

        assertThat(lab.onHost("ip -o link show " + bridge)).contains("mtu 1300");
        assertThat(lab.onHost("ip -o link show master " + bridge)).contains("mtu 1300");
        assertThat(in("web", "ip -o link show eth0")).contains("mtu 1300");
        assertThat(lab.controller().inspectNetwork("new").path("Labels").toString())
                .isEqualTo("{\"k\":\"v\"}");
        assertThat(lab.controller()
                        .inspectContainer("web")
                        .at("/HostConfig/NetworkMode")
                        .asText())
                .isEqualTo("new");
        RealLab.done(lab.controller().apply(HistoryAction.UNDO));
        assertThat(lab.onHost("ip -o link show " + bridge)).contains("mtu 1500");
        assertThat(in("web", "ip -o link show eth0")).contains("mtu 1500");
        assertThat(lab.controller().inspectNetwork("old").path("Labels").toString())
                .isEqualTo("{\"made\":\"here\"}");

        remove("web", "old");

        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aMacvlanContainerStandsInTheNetworkOfItsParent() throws Exception {
        String before = everything();
        lab.done(network(
                "wire",
                Driver.MACVLAN,
                List.of(new PoolRequest("198.51.100.0/24", "198.51.100.128/25", "198.51.100.1", Map.of())),
                Map.of("parent", "eth0")));
        run("web", "wire");
        assertThat(in("web", "ip route")).contains("default via 198.51.100.1 dev eth0", "198.51.100.0/24 dev eth0");
        assertThat(in("web", "ip -d -o link show eth0")).contains("macvlan mode bridge");
        await().untilAsserted(() -> assertThat(lab.outside("curl -s --max-time 20 http://198.51.100.128/"))
                .contains("It works!"));
        lab.killHelper();
        lab.up();
        assertThat(lab.controller().repair(true)).isEmpty();
        lab.done(new Change.StopContainer("web"));
        lab.done(new Change.StartContainer("web"));
        assertThat(in("web", "ip -o addr show eth0")).contains("198.51.100.128/24");
        lab.done(new Change.Disconnect("wire", "web"));
        assertThat(in("web", "ip -o link")).doesNotContain("eth0");

        remove("web", "wire");

        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void networksAreMadeOfConfigurationsAndPruned() throws Exception {
        String before = everything();
        lab.done(new Change.CreateNetwork(
                "base",
                Driver.BRIDGE,
                List.of(PoolRequest.subnet("10.57.0.0/24")),
                false,
                false,
                false,
                true,
                null,
                Map.of("made", "there"),
                Map.of("com.docker.network.driver.mtu", "1400")));
        assertThat(everything()).isEqualTo(before);
        lab.done(new Change.CreateNetwork(
                "made", Driver.BRIDGE, List.of(), false, true, false, false, "base", Map.of(), Map.of()));
        var made = lab.controller().inspectNetwork("made");
        assertThat(made.at("/ConfigFrom/Network").asText()).isEqualTo("base");
        assertThat(made.at("/IPAM/Config/0/Subnet").asText()).isEqualTo("10.57.0.0/24");
        assertThat(made.path("Options").toString()).isEqualTo("{\"com.docker.network.driver.mtu\":\"1400\"}");
        assertThat(made.path("Labels").toString()).isEqualTo("{\"made\":\"there\"}");
        assertThat(lab.controller().apply(new Change.RemoveNetwork("base")))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().sentence())
                                .isEqualTo("error while removing network: configuration network \"base\" is in use"));
        lab.done(Change.CreateNetwork.named("kept"));
        run("web", "kept");
        lab.done(new Change.StopContainer("web"));

        assertThat(lab.done(new Change.PruneNetworks(Map.of())).output()).isEqualTo("made");

        RealLab.done(lab.controller().apply(HistoryAction.UNDO));
        assertThat(lab.controller()
                        .inspectNetwork("made")
                        .at("/IPAM/Config/0/Subnet")
                        .asText())
                .isEqualTo("10.57.0.0/24");
        assertThat(lab.done(new Change.PruneNetworks(Map.of("label", List.of("made=there"), "until", List.of("1h"))))
                        .output())
                .isEmpty();
        remove("web", "kept", "made", "base");
        assertThat(everything()).isEqualTo(before);
    }
}
