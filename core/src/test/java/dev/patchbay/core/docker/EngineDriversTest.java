package dev.patchbay.core.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Manager;
import dev.patchbay.core.model.Network;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// An engine is asked for the drivers and options that it has, and answers itself.
class EngineDriversTest extends RealEngineTest {
    @Test
    void aNetworkOfAnyDriverIsMadeShownAndTakenBack() throws Exception {
        engine.onHost("ip link add wire type veth peer wire1 && ip link set wire up && ip link set wire1 up");
        assertThat(controller.networkDrivers()).contains("bridge", "ipvlan", "macvlan", "overlay");

        done(create("far", "ipvlan", "10.9.0.0/24", Map.of("parent", "wire", "ipvlan_mode", "l3")));
        done(create("near", "macvlan", "10.10.0.0/24", Map.of("parent", "eth0")));
        assertThat(engine.docker("network", "inspect", "-f", "{{.Driver}} {{json .Options}}", "far"))
                .isEqualTo("ipvlan {\"ipvlan_mode\":\"l3\",\"parent\":\"wire\"}");
        Network far = network(controller.topology(), "far");
        assertThat(far.driver()).hasToString("ipvlan");
        assertThat(far.bridge()).isEqualTo("wire");
        assertThat(far.hasBridge()).isFalse();
        assertThat(far.gateway()).isNull();
        Network near = network(controller.topology(), "near");
        assertThat(near.driver()).hasToString("macvlan");
        assertThat(Addresses.format(Objects.requireNonNull(near.gateway()))).isEqualTo("10.10.0.1");
        assertThat(controller.topology().problems()).isEmpty();

        done(Change.RunContainer.of("web", IMAGE, List.of(), List.of(EndpointRequest.on("near"))));
        assertThat(engine.docker("exec", "web", "ip", "route")).contains("default via 10.10.0.1");
        assertThat(container(controller.topology(), "web").endpoints())
                .singleElement()
                .satisfies(endpoint -> assertThat(endpoint.address()).hasToString("10.10.0.2/24"));

        ok(controller.apply(HistoryAction.UNDO));
        done(new Change.RemoveNetwork("near"));
        ok(controller.apply(HistoryAction.UNDO));
        assertThat(engine.docker("network", "inspect", "-f", "{{.Driver}} {{json .Options}}", "near"))
                .isEqualTo("macvlan {\"parent\":\"eth0\"}");
        for (int undone = 0; undone < 2; undone++) {
            ok(controller.apply(HistoryAction.UNDO));
        }
        assertThat(engine.docker("network", "ls", "--format", "{{.Name}}").lines())
                .containsExactlyInAnyOrder("bridge", "host", "none");
        engine.onHost("ip link del wire");
    }

    @Test
    void aNetworkWhoseContainersKeepTheirAddressesIsNotMasqueraded() throws Exception {
        done(create("plain", "bridge", "10.9.0.0/24", Map.of()));
        done(create(
                "open", "bridge", "10.10.0.0/24", Map.of("com.docker.network.bridge.enable_ip_masquerade", "false")));
        assertThat(controller.topology().host().masqueraded())
                .contains(Cidr.of("10.9.0.0/24"))
                .doesNotContain(Cidr.of("10.10.0.0/24"));
    }

    @Test
    void whatItDoesNotHaveItRefusesItself() throws Exception {
        assertThat(refused(create("x", "nosuch", "10.9.0.0/24", Map.of())).sentence())
                .isEqualTo("plugin \"nosuch\" not found");
        assertThat(refused(create("x", "macvlan", "10.9.0.0/24", Map.of("macvlan_mode", "odd")))
                        .sentence())
                .contains("requested macvlan mode 'odd' is not valid");
        Map<Change.EngineSettings, String> answers = Map.of(
                new Change.EngineSettings(true, "", false, "nosuch", Map.of()), "plugin \"nosuch\" not found",
                new Change.EngineSettings(true, "swarm", false, "default", Map.of()),
                        "cannot create a swarm scoped network when swarm is not active",
                new Change.EngineSettings(true, "", true, "default", Map.of()),
                        "Ingress network can only be global scope network");
        for (Map.Entry<Change.EngineSettings, String> answer : answers.entrySet()) {
            assertThat(refused(create("x", "bridge", answer.getKey())).sentence())
                    .isEqualTo(answer.getValue());
        }
        assertThat(refused(create("x", "bridge", new Change.EngineSettings(false, "", false, "default", Map.of())))
                        .sentence())
                .isEqualTo("This engine makes no network without IPv4");
        done(create("x", "bridge", new Change.EngineSettings(true, "local", false, "default", Map.of("a", "b"))));
        assertThat(engine.docker("network", "inspect", "-f", "{{json .IPAM.Options}}", "x"))
                .isEqualTo("{\"a\":\"b\"}");
    }

    static Change.CreateNetwork create(String name, String driver, String subnet, Map<String, String> options) {
        return create(name, driver, List.of(PoolRequest.subnet(subnet)), options, Change.EngineSettings.DEFAULT);
    }

    private static Change.CreateNetwork create(String name, String driver, Change.EngineSettings settings) {
        return create(name, driver, List.of(), Map.of(), settings);
    }

    private static Change.CreateNetwork create(
            String name,
            String driver,
            List<PoolRequest> pools,
            Map<String, String> options,
            Change.EngineSettings settings) {
        return new Change.CreateNetwork(
                name,
                driver,
                pools,
                false,
                false,
                false,
                false,
                null,
                Map.of(),
                options,
                settings,
                Manager.HOST_DEFAULT);
    }
}
