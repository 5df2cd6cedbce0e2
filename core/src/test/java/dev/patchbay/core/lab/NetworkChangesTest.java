package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.NetworkDriver;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.status.ActivityKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkChangesTest extends FakeLabTest {
    @Test
    void theFirstConnectionGivesTheHostItsThreeNetworks() throws EngineException {
        connect(helper);
        assertThat(lab.topology().networks())
                .extracting(Network::name, Network::driver, Network::bridge)
                .containsExactly(
                        tuple("bridge", NetworkDriver.of(Driver.BRIDGE), "patchbay0"),
                        tuple("host", NetworkDriver.of(Driver.HOST), ""),
                        tuple("none", NetworkDriver.of(Driver.NULL), ""));
        assertThat(network("bridge").subnet()).hasToString("172.17.0.0/16");
        assertThat(helper.activity()).singleElement().satisfies(entry -> {
            assertThat(entry.kind()).isEqualTo(ActivityKind.OBSERVED);
            assertThat(entry.title()).isEqualTo("patchbay lab up");
        });
        assertThat(refused(lab.apply(HistoryAction.UNDO)).sentence()).isEqualTo("Nothing to undo");
    }

    @Test
    void aNetworkGetsTheLowestFreeSubnetAndABridgeNamedAfterItsId() throws EngineException {
        Outcome.Done done = done(Change.CreateNetwork.named("mydockernet"));
        Network network = network("mydockernet");
        assertThat(done.output()).isEqualTo(network.id().value());
        assertThat(done.title()).isEqualTo("docker network create mydockernet");
        assertThat(network.subnet()).hasToString("172.18.0.0/16");
        assertThat(network.gateway()).hasToString("/172.18.0.1");
        assertThat(network.bridge()).isEqualTo("pb-" + network.id().shortForm());
        assertThat(network.usableAddresses()).isEqualTo(65533);
    }

    @Test
    void whatIsProposedIsWhatANewNetworkGets() throws EngineException {
        Pool proposed = lab.proposePool().orElseThrow();
        done(Change.CreateNetwork.named("n1"));
        assertThat(network("n1").subnet()).isEqualTo(proposed.subnet());
        assertThat(network("n1").gateway()).isEqualTo(proposed.gateway());
        assertThat(lab.proposePool().orElseThrow().subnet()).hasToString("172.19.0.0/16");
    }

    /// Docker's choice rotates: it would take 172.20 here.
    @Test
    void aSubnetThatWasGivenBackIsTheNextOneGivenOut() throws EngineException {
        done(Change.CreateNetwork.named("n1"));
        done(Change.CreateNetwork.named("n2"));
        assertThat(done(new Change.RemoveNetwork("n1")).output()).isEqualTo("n1");
        done(Change.CreateNetwork.named("n3"));
        assertThat(network("n3").subnet()).hasToString("172.18.0.0/16");
    }

    /// Docker's thirty-first user network is refused.
    @Test
    void thirtyNetworksAreNotTheLimit() throws EngineException {
        for (int i = 0; i < 40; i++) {
            done(Change.CreateNetwork.named("n" + i));
        }
        assertThat(network("n29").subnet()).hasToString("192.168.240.0/20");
        assertThat(network("n39").subnet()).hasToString("10.192.9.0/24");
    }

    /// Docker keeps the subnet of a network whose creation failed.
    @Test
    void aRefusedNetworkLeavesItsSubnetFree() throws EngineException {
        refused(new Change.CreateNetwork(
                "lk",
                Driver.BRIDGE,
                List.of(new PoolRequest("10.77.0.0/24", null, "10.9.9.9", Map.of())),
                false,
                false,
                false,
                false,
                null,
                Map.of(),
                Map.of()));
        done(subnet("lk", "10.77.0.0/24"));
        assertThat(network("lk").subnet()).isEqualTo(Cidr.of("10.77.0.0/24"));
    }

    @Test
    void driverOptionsBecomePartOfTheSpec() throws EngineException {
        done(new Change.CreateNetwork(
                "o",
                Driver.BRIDGE,
                List.of(),
                false,
                false,
                false,
                false,
                null,
                Map.of("k", "v"),
                Map.of(
                        "com.docker.network.bridge.enable_icc", "0",
                        "com.docker.network.bridge.enable_ip_masquerade", "false",
                        "com.docker.network.bridge.host_binding_ipv4", "127.0.0.1",
                        "com.docker.network.driver.mtu", "1400",
                        "com.example.whatever", "kept")));
        NetworkSpec spec = helper.specs().network(network("o").id());
        assertThat(spec.icc()).isFalse();
        assertThat(spec.masquerade()).isFalse();
        assertThat(spec.hostBinding()).hasToString("/127.0.0.1");
        assertThat(spec.mtu()).isEqualTo(1400);
        assertThat(spec.options()).containsEntry("com.example.whatever", "kept");
        assertThat(lab.topology().host().masqueraded())
                .extracting(Cidr::toString)
                .containsExactly("172.17.0.0/16");
    }

    @Test
    void stoppedContainersDoNotHoldANetwork() throws EngineException {
        done(Change.CreateNetwork.named("n1"));
        done(web("web01", "n1", tcp(8080, 80)));
        String id = network("n1").id().value();
        assertThat(refused(new Change.RemoveNetwork("n1")).sentence())
                .isEqualTo("error while removing network: network n1 id " + id + " has active endpoints");
        done(connection("bridge", "web01"));
        done(new Change.StopContainer("web01"));
        done(new Change.RemoveNetwork("n1"));
        assertThat(endpoints("web01"))
                .singleElement()
                .satisfies(endpoint -> assertThat(endpoint.defaultRoute()).isTrue());
        assertThat(ports("web01"))
                .singleElement()
                .satisfies(port -> assertThat(port.endpoint()).isNull());
    }

    @Test
    void whatThePreviewNamesIsWhatIsMade() throws EngineException {
        Change change = web("web01", null, tcp(8080, 80));
        Outcome.Done preview = done(lab.preview(change));
        assertThat(helper.specs().sandboxes()).isEmpty();
        assertThat(preview.activity()).isZero();
        Outcome.Done applied = done(change);
        assertThat(applied.steps()).isEqualTo(preview.steps()).hasSize(3);
        done(new Change.RemoveContainer("web01", true));
        assertThat(done(change).output()).as("ids are used once").isNotEqualTo(applied.output());
    }
}
