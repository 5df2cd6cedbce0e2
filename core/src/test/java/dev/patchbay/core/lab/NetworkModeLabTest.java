package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.patchbay.core.ipam.EndpointMove;
import dev.patchbay.core.ipam.SubnetChange;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.naming.NameLookup;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.core.testing.RealLab;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.container.StopMode;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/// Containers on the host's network, on that of another container, and on several networks.
class NetworkModeLabTest extends ContainerLifecycleLab {
    @Test
    void aContainerOnTheHostsNetworkIsTheHost() throws Exception {
        lab.done(web("web", EndpointRequest.on("host")));

        await().untilAsserted(() -> assertThat(lab.onHost("curl -s --max-time 2 http://127.0.0.1/ || :"))
                .contains("It works!"));
        assertThat(lab.onHost("ip netns")).doesNotContain("pb-");
        assertThat(lab.controller().apply(new Change.Connect("web", EndpointRequest.on("shop"))))
                .isInstanceOf(Outcome.Refused.class);
        lab.killHelper();
        lab.up();
        assertThat(container("web").running()).isTrue();
        lab.done(new Change.StopContainer("web"));
        assertThat(lab.onHost("curl -s --max-time 2 http://127.0.0.1/ || echo none"))
                .contains("none");
    }

    @Test
    void whoSharesANetworkHasItBackWhenItsOwnerStartsAgain() throws Exception {
        lab.done(web("owner", EndpointRequest.on("shop")));
        lab.done(shell("guest", "sleep 600", "container:owner"));
        String address = inside("owner", "ip -br -4 addr show eth0");
        assertThat(lab.controller()
                        .inspectContainer("guest")
                        .at("/HostConfig/NetworkMode")
                        .asText())
                .isEqualTo("container:" + container("owner").id());
        assertThat(namespace("guest")).isEqualTo(namespace("owner"));
        Topology shared = lab.controller().topology();
        assertThat(shared.netnsOwner(container("guest"))).isEqualTo(container("owner"));
        assertThat(shared.netnsOwner(container("owner"))).isEqualTo(container("owner"));

        lab.done(new Change.StopContainer("owner"));

        assertThat(container("guest").running()).isTrue();
        assertThat(inside("guest", "ip -br link")).doesNotContain("eth0");
        lab.killHelper();
        lab.up();
        assertThat(container("guest").running()).isTrue();

        lab.done(new Change.StartContainer("owner"));

        assertThat(inside("guest", "ip -br -4 addr show eth0").split("\\s+")[2]).isEqualTo(address.split("\\s+")[2]);
        lab.done(new Change.RestartContainer("owner", StopMode.GRACEFUL));
        assertThat(namespace("guest")).isEqualTo(namespace("owner"));
        assertThat(lab.controller().topology().problems()).isEmpty();
        assertThat(inside("guest", "curl -s --retry 20 --retry-connrefused --retry-delay 0 http://127.0.0.1/"))
                .contains("It works!");
        assertThat(lab.controller().repair(true)).isEmpty();
    }

    @Test
    void aNetworkGetsAnotherSubnetAndUndoGivesTheOldOneBack() throws Exception {
        lab.done(new Change.CreateNetwork(
                "front",
                Driver.BRIDGE,
                List.of(new PoolRequest("10.71.0.0/24", "10.71.0.128/25", "10.71.0.254", Map.of("spare", "10.71.0.7"))),
                false,
                false,
                true,
                false,
                null,
                Map.of("tier", "front"),
                Map.of("com.docker.network.driver.mtu", "1400")));
        lab.done(web("web", EndpointRequest.on("front").withAliases(List.of("store")))
                .withPorts(List.of(PortMapping.of(null, 8082, 80, Protocol.TCP))));
        lab.done(web("fixed", EndpointRequest.on("front").withAddress("10.71.0.40")));
        lab.done(new Change.StopContainer("fixed"));
        Network before = network("front");
        String addresses = addresses();

        refused("10.71.128.0/30", "no matching subnet for range");
        refused("10.71.0.0/24", "already has subnet");
        refused("172.17.128.0/24", "overlaps");
        refused("10.72.0.0/27", "no matching subnet for range");
        assertThat(addresses()).isEqualTo(addresses);

        Topology topology = lab.controller().topology();
        SubnetChange change = SubnetChange.of(topology, before, "10.72.0.0/24", null);
        assertThat(change.moves())
                .extracting(move -> move.container().name(), move -> String.valueOf(move.after()))
                .containsExactly(tuple("fixed", "/10.72.0.40"), tuple("web", "null"));
        lab.done(change.batch());

        Network after = network("front");
        assertThat(after.config().pools())
                .containsExactly(new Pool(
                        Cidr.of("10.72.0.0/24"),
                        InetAddress.ofLiteral("10.72.0.254"),
                        Cidr.of("10.72.0.128/25"),
                        Map.of("spare", InetAddress.ofLiteral("10.72.0.7")),
                        true,
                        true));
        assertThat(after.labels()).isEqualTo(before.labels());
        assertThat(after.config().options()).isEqualTo(before.config().options());
        assertThat(after.config().attachable()).isTrue();
        assertThat(lab.onHost("ip -br -4 addr")).contains("10.72.0.254/24").doesNotContain("10.71.0.");
        assertThat(inside("web", "ip -4 addr show")).contains("inet 10.72.0.128/24");
        assertThat(inside("web", "ip route show default")).contains("via 10.72.0.254");
        assertThat(container("web").endpoints().getFirst().config().aliases()).contains("store");
        assertThat(lab.onHost("curl -s --retry 20 --retry-connrefused --retry-delay 0 http://198.51.100.2:8082/"))
                .contains("It works!");
        lab.done(new Change.StartContainer("fixed"));
        assertThat(inside("fixed", "ip -4 addr show")).contains("inet 10.72.0.40/24");
        lab.done(new Change.StopContainer("fixed"));
        RealLab.done(lab.controller().apply(HistoryAction.UNDO));
        RealLab.done(lab.controller().apply(HistoryAction.UNDO));

        RealLab.done(lab.controller().apply(HistoryAction.UNDO));
        assertThat(addresses()).isEqualTo(addresses);
        assertThat(inside("web", "ip -4 addr show")).contains("inet 10.71.0.128/24");
        assertThat(network("front").config()).isEqualTo(before.config());
        lab.done(new Change.RemoveContainer("web", true));
        lab.done(new Change.RemoveContainer("fixed", true));
        lab.done(new Change.RemoveNetwork("front"));
    }

    /// Without the states: a bridge that lost its last port loses its carrier up to a second later.
    private String addresses() throws EngineException {
        return lab.onHost("ip -br -4 addr | sed -E 's/^([^ ]+) +[A-Z]+ /\\1 /'");
    }

    private Network network(String name) throws EngineException {
        return lab.controller().topology().networks().stream()
                .filter(network -> network.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void refused(String subnet, String words) throws EngineException {
        Topology topology = lab.controller().topology();
        Network front = network("front");
        assertThatThrownBy(() -> SubnetChange.of(topology, front, subnet, null))
                .isInstanceOf(RefusedException.class)
                .asInstanceOf(InstanceOfAssertFactories.type(RefusedException.class))
                .extracting(refused ->
                        refused.refusal().sentence() + " " + refused.refusal().advice())
                .asString()
                .contains(words);
    }

    @Test
    void severalNetworksAtOnceAndOneOfThemLeadsOut() throws Exception {
        lab.done(web(
                        "web",
                        EndpointRequest.on("shop").withMac("02:aa:bb:cc:dd:01"),
                        EndpointRequest.on("back").withGatewayPriority(5))
                .withPorts(List.of(
                        new PortMapping(null, PortRange.single(8081), PortRange.single(80), Protocol.TCP, List.of()))));
        String backGateway = lab.controller()
                .inspectContainer("web")
                .at("/NetworkSettings/Networks/back/Gateway")
                .asText();

        assertThat(inside("web", "ip route show default"))
                .contains("via " + backGateway)
                .contains("eth1");
        assertThat(inside("web", "ip -br link show eth0")).contains("02:aa:bb:cc:dd:01");
        String rules = lab.onHost("iptables-save -t nat | grep 8081 | grep DNAT");
        // Neither a name that sorts first nor an equal priority moves what is there.
        lab.done(new Change.Disconnect("shop", "web"));
        lab.done(new Change.Connect("web", EndpointRequest.on("shop").withGatewayPriority(5)));
        assertThat(inside("web", "ip route show default")).contains("via " + backGateway);
        assertThat(lab.onHost("iptables-save -t nat | grep 8081 | grep DNAT")).isEqualTo(rules);

        Topology topology = lab.controller().topology();
        lab.done(EndpointMove.toDefaultGateway(
                topology,
                NameLookup.container(topology, "web"),
                topology.networks().stream()
                        .filter(network -> network.name().equals("shop"))
                        .findFirst()
                        .orElseThrow()));
        assertThat(inside("web", "ip route show default")).contains("via ").doesNotContain("via " + backGateway);
        RealLab.done(lab.controller().apply(HistoryAction.UNDO));
        assertThat(inside("web", "ip route show default")).contains("via " + backGateway);

        lab.done(new Change.StopContainer("web"));
        lab.done(new Change.StartContainer("web"));
        assertThat(inside("web", "ip route show default")).contains("via " + backGateway);
        assertThat(lab.onHost("curl -s --retry 20 --retry-connrefused --retry-delay 0 http://198.51.100.2:8081/"))
                .contains("It works!");
    }
}
