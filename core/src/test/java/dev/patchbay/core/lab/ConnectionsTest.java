package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.PortSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionsTest extends FakeLabTest {
    @Test
    void aContainerStartsOnTheDefaultBridge() throws EngineException {
        Outcome.Done done = done(web("web01", null, tcp(8080, 80)));
        Container container = container("web01");
        assertThat(done.output()).isEqualTo(container.id().value());
        assertThat(done.title()).isEqualTo("docker run -dit --name web01 -p 8080:80 httpd:2.4");
        assertThat(container.networkMode()).isEqualTo("default");
        assertThat(container.running()).isTrue();
        assertThat(container.endpoints()).singleElement().satisfies(endpoint -> {
            assertThat(endpoint.address()).hasToString("172.17.0.2/16");
            assertThat(endpoint.mac()).hasToString("02:42:ac:11:00:02");
            assertThat(endpoint.interfaceName()).isEqualTo("eth0");
            assertThat(endpoint.defaultRoute()).isTrue();
        });
        assertThat(container.ports()).singleElement().satisfies(port -> {
            assertThat(port.inForce()).isTrue();
            assertThat(port.hostPorts().first()).isEqualTo(8080);
        });
        assertThat(sandbox("web01").hostname()).isEqualTo(container.id().shortForm());
    }

    @Test
    void theLowestAddressIsGivenOutAgain() throws EngineException {
        done(web("c1", null));
        done(web("c2", null));
        done(web("c3", null));
        done(new Change.RemoveContainer("c2", true));
        done(web("c4", null));
        assertThat(addresses("c4")).containsExactly("172.17.0.3/16");
    }

    /// In Docker the next container takes a stopped one's address.
    @Test
    void aStoppedContainerKeepsItsAddress() throws EngineException {
        done(web("i1", null));
        done(new Change.StopContainer("i1"));
        done(web("i6", null));
        done(new Change.StartContainer("i1"));
        assertThat(addresses("i1")).containsExactly("172.17.0.2/16");
        assertThat(addresses("i6")).containsExactly("172.17.0.3/16");
    }

    /// Docker would move both to the network whose name sorts first.
    @Test
    void connectingMovesNeitherTheDefaultRouteNorThePorts() throws EngineException {
        done(Change.CreateNetwork.named("zoo"));
        done(Change.CreateNetwork.named("aaa"));
        done(web("web01", "zoo", tcp(8080, 80)));
        Outcome.Done done = done(connection("aaa", "web01"));
        assertThat(done.output()).isEmpty();
        assertThat(done.title()).isEqualTo("docker network connect aaa web01");
        assertThat(endpoints("web01"))
                .extracting(EndpointSpec::interfaceName, EndpointSpec::defaultRoute)
                .containsExactly(tuple("eth0", true), tuple("eth1", false));
        assertThat(ports("web01").getFirst().endpoint())
                .isEqualTo(endpoints("web01").getFirst().id());
    }

    @Test
    void disconnectingLeavesPortsAskedForAndConnectingBindsThemAgain() throws EngineException {
        done(Change.CreateNetwork.named("n1"));
        done(web("web01", "n1", tcp(8080, 80)));
        done(connection("bridge", "web01"));
        done(new Change.Disconnect("n1", "web01"));
        assertThat(endpoints("web01"))
                .extracting(EndpointSpec::interfaceName, EndpointSpec::defaultRoute)
                .as("the default route goes to the next oldest way out")
                .containsExactly(tuple("eth1", true));
        assertThat(ports("web01"))
                .singleElement()
                .satisfies(port -> assertThat(port.endpoint()).isNull());
        assertThat(container("web01").ports().getFirst().inForce()).isFalse();
        done(connection("n1", "web01"));
        assertThat(endpoints("web01"))
                .extracting(EndpointSpec::interfaceName, EndpointSpec::defaultRoute)
                .containsExactly(tuple("eth1", true), tuple("eth2", false));
        assertThat(ports("web01").getFirst().endpoint())
                .isEqualTo(endpoints("web01").getLast().id());
        assertThat(addresses("web01")).containsExactly("172.17.0.2/16", "172.18.0.2/16");
    }

    @Test
    void startingBindsPortsThatLostTheirEndpoint() throws EngineException {
        done(Change.CreateNetwork.named("n1"));
        done(web("web01", "n1", tcp(8080, 80)));
        done(connection("bridge", "web01"));
        done(new Change.Disconnect("n1", "web01"));
        done(new Change.StopContainer("web01"));
        done(new Change.StartContainer("web01"));
        assertThat(ports("web01").getFirst().endpoint())
                .isEqualTo(endpoints("web01").getFirst().id());
        assertThat(container("web01").ports().getFirst().inForce()).isTrue();
        lab.apply(HistoryAction.UNDO);
        assertThat(ports("web01").getFirst().endpoint()).isNull();
    }

    /// Docker gives containers of internal networks a default route that leads nowhere.
    @Test
    void anInternalNetworkHasNoDefaultRouteAndPublishesAllTheSame() throws EngineException {
        done(internal("back"));
        done(web("db", "back", tcp(5432, 80)));
        assertThat(endpoints("db").getFirst().defaultRoute()).isFalse();
        assertThat(ports("db").getFirst().endpoint())
                .isEqualTo(endpoints("db").getFirst().id());
        done(connection("bridge", "db"));
        assertThat(endpoints("db").getLast().defaultRoute()).isTrue();
        assertThat(ports("db"))
                .extracting(PortSpec::endpoint)
                .containsExactly(endpoints("db").getFirst().id());
        done(new Change.Disconnect("bridge", "db"));
        assertThat(endpoints("db").getFirst().defaultRoute()).isFalse();
    }

    @Test
    void aStaticAddressIsKept() throws EngineException {
        done(subnet("n3", "10.5.0.0/24"));
        done(web("c1", null));
        done(new Change.Connect(
                "c1", EndpointRequest.on("n3").withAddress("10.5.0.7").withAliases(List.of("db", "www"))));
        EndpointSpec endpoint = endpoints("c1").getLast();
        assertThat(endpoint.ipv4()).hasToString("10.5.0.7/24");
        assertThat(endpoint.staticIpv4()).isTrue();
        assertThat(endpoint.aliases()).containsExactly("db", "www");
    }

    @Test
    void aContainerOnNoneHasNoEndpoint() throws EngineException {
        done(web("alone", "none", tcp(1234, 80)));
        assertThat(endpoints("alone")).isEmpty();
        assertThat(ports("alone"))
                .singleElement()
                .satisfies(port -> assertThat(port.endpoint()).isNull());
    }

    @Test
    void aContainerWithoutANameGetsOne() throws EngineException {
        Change nameless = Change.RunContainer.of(null, "host", List.of("sleep", "9"), List.of());
        done(nameless);
        done(nameless);
        assertThat(lab.topology().containers())
                .extracting(Container::name)
                .doesNotHaveDuplicates()
                .hasSize(2)
                .allMatch(name -> name.matches("[a-z]+_[a-z]+\\d*"));
    }

    @Test
    void startingAndStoppingTwiceIsNoMistakeAndNoChange() throws EngineException {
        done(web("web01", null));
        int entries = helper.activity().size();
        assertThat(done(new Change.StartContainer("web01")).activity()).isZero();
        var namespace = sandbox("web01").namespaceId();
        done(new Change.StopContainer("web01"));
        assertThat(done(new Change.StopContainer("web01")).output()).isEqualTo("web01");
        assertThat(sandbox("web01").namespaceId()).isEqualTo(namespace);
        done(new Change.StartContainer("web01"));
        assertThat(sandbox("web01").namespaceId()).as("a fresh namespace").isNotEqualTo(namespace);
        assertThat(helper.activity()).hasSize(entries + 2);
    }

    @Test
    void removingTakesEverythingOfAContainer() throws EngineException {
        var before = helper.specs();
        done(web("web01", null, tcp(8080, 80)));
        String id = sandbox("web01").id().value();
        assertThat(refused(new Change.RemoveContainer(id.substring(0, 8), false))
                        .sentence())
                .isEqualTo("You cannot remove a running container " + id
                        + ". Stop the container before attempting removal or force remove");
        assertThat(done(new Change.RemoveContainer(id.substring(0, 8), true)).output())
                .isEqualTo(id.substring(0, 8));
        assertThat(helper.specs()).isEqualTo(before);
    }
}
