package dev.patchbay.core.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.HistoryAction;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.naming.NameLookup;
import dev.patchbay.core.ports.PortRequests;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.spec.PortSpec;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishingTest extends FakeLabTest {
    @BeforeEach
    void aRunningContainer() throws EngineException {
        done(web("web01", null, tcp(8080, 80)));
    }

    @Test
    void aPortIsPublishedAndTakenBackWhileTheContainerRuns() throws EngineException {
        Outcome.Done done = done(new Change.Publish("web01", tcp(8082, 80)));
        assertThat(done.title()).isEqualTo("patchbay publish web01 8082:80");
        assertThat(done.output()).isEmpty();
        assertThat(ports("web01")).extracting(PortSpec::hostPort).containsExactly(8080, 8082);
        done(Change.Unpublish.single("web01", 8080, 80, Protocol.TCP));
        assertThat(ports("web01")).extracting(PortSpec::hostPort).containsExactly(8082);
        done(new Change.Unpublish("web01", null, null, PortRange.single(80), Protocol.TCP));
        assertThat(ports("web01")).isEmpty();
        assertThat(refused(new Change.Unpublish("web01", null, null, PortRange.single(80), Protocol.TCP))
                        .sentence())
                .isEqualTo("No public port '80/tcp' published for web01");
    }

    @Test
    void aPortIsPublishedElsewhereInOneStep() throws EngineException, RefusedException {
        done(new Change.Publish("web01", tcp(8082, 80)));
        done(web("web02", null, tcp(8083, 80)));
        List<PortSpec> before = ports("web01");

        Refusal refusal = refused(republish(8082, null, 8083));
        assertThat(refusal.advice()).startsWith("Container web02 publishes it.");
        assertThat(ports("web01")).isEqualTo(before);

        Outcome.Done done = done(republish(8082, "127.0.0.1", 8082));
        assertThat(done.title()).isEqualTo("patchbay republish web01 0.0.0.0:8082:80 127.0.0.1:8082");
        assertThat(ports("web01"))
                .extracting(PortSpec::hostPort, PortSpec::hostAddress)
                .containsExactlyInAnyOrder(tuple(8080, ip("0.0.0.0")), tuple(8082, ip("127.0.0.1")));

        done(lab.apply(HistoryAction.UNDO));
        assertThat(ports("web01")).isEqualTo(before);
    }

    private Change republish(int published, @Nullable String address, int hostPort)
            throws EngineException, RefusedException {
        return PortRequests.republish(
                NameLookup.container(lab.topology(), "web01"),
                new Change.Unpublish("web01", null, PortRange.single(published), null, Protocol.TCP),
                address == null ? null : ip(address),
                PortRange.single(hostPort));
    }

    @Test
    void aPortOfAnotherContainerIsRefusedAndItsOwnerNamed() throws EngineException {
        Refusal refusal = refused(web("web02", null, tcp(8080, 80)));
        assertThat(refusal.sentence())
                .matches("driver failed programming external connectivity on endpoint web02 \\([0-9a-f]{64}\\):"
                        + " Bind for 0\\.0\\.0\\.0:8080 failed: port is already allocated");
        assertThat(refusal.advice()).isEqualTo("Container web01 publishes it. Host port 8081 is free.");
        assertThat(helper.specs().sandboxes())
                .as("Docker leaves a created container behind")
                .hasSize(1);
    }

    @Test
    void theSamePortIsFreeForTheOtherProtocolAndForAnotherAddress() throws EngineException {
        done(new Change.Publish("web01", PortMapping.of(null, 8080, 53, Protocol.UDP)));
        done(new Change.Publish("web01", PortMapping.of(ip("127.0.0.1"), 9000, 80, Protocol.TCP)));
        done(new Change.Publish("web01", PortMapping.of(ip("198.51.100.2"), 9000, 80, Protocol.TCP)));
        assertThat(refused(new Change.Publish("web01", tcp(9000, 80))).code()).isEqualTo("port-taken");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        0.0.0.0,      nginx, 812, nginx (pid 812)
        127.0.0.1,    nginx, 812, nginx (pid 812)
        ::,           nginx, 812, nginx (pid 812)
        198.51.100.2, '',    0,   a process
        """)
    void aPortOfAProcessIsRefusedAndTheProcessNamed(String address, String process, long pid, String who)
            throws EngineException {
        helper.listen(new Listener(Protocol.TCP, ip(address), 9191, pid, process));
        Refusal refusal = refused(new Change.Publish("web01", tcp(9191, 80)));
        assertThat(refusal.sentence()).endsWith("listen tcp4 0.0.0.0:9191: bind: address already in use");
        assertThat(refusal.advice()).startsWith("That is " + who + ". ");
    }

    @Test
    void aSocketOfAnotherProtocolAddressOrFamilyIsNotInTheWay() throws EngineException {
        helper.listen(new Listener(Protocol.UDP, ip("0.0.0.0"), 9191, 1, "u"));
        helper.listen(new Listener(Protocol.TCP, ip("::1"), 9191, 1, "six"));
        helper.listen(new Listener(Protocol.TCP, ip("127.0.0.1"), 9192, 1, "local"));
        done(new Change.Publish("web01", tcp(9191, 80)));
        done(new Change.Publish("web01", PortMapping.of(ip("198.51.100.2"), 9192, 80, Protocol.TCP)));
    }

    @Test
    void aFreePortIsTheLowestOfTheKernelsRange() throws EngineException {
        helper.listen(new Listener(Protocol.TCP, ip("0.0.0.0"), 32769, 1, "x"));
        done(web("web02", null, tcp(0, 80), tcp(0, 81)));
        assertThat(ports("web02")).extracting(PortSpec::hostPort).containsExactly(32768, 32770);
    }

    @Test
    void aStoppedContainersPortIsForOthersToTake() throws EngineException {
        done(new Change.StopContainer("web01"));
        done(web("web02", null, tcp(8080, 80)));
        Refusal refusal = refused(new Change.StartContainer("web01"));
        assertThat(refusal.sentence())
                .startsWith("driver failed programming external connectivity on endpoint web01 ("
                        + endpoints("web01").getFirst().id() + "): Bind for 0.0.0.0:8080 failed");
        done(new Change.Unpublish("web01", null, PortRange.single(8080), null, Protocol.TCP));
        done(new Change.StartContainer("web01"));
    }

    @Test
    void aPortThatNobodyChoseIsChosenAnewAtEachStart() throws EngineException {
        done(web("web02", null, tcp(0, 80)));
        done(new Change.StopContainer("web02"));
        done(web("web03", null, tcp(0, 80)));
        assertThat(ports("web03").getFirst().hostPort()).isEqualTo(32768);
        done(new Change.StartContainer("web02"));
        assertThat(ports("web02").getFirst().hostPort()).isEqualTo(32769);
    }

    @Test
    void aStoppedContainerCannotAskForOnePortTwice() throws EngineException {
        done(new Change.StopContainer("web01"));
        assertThat(refused(new Change.Publish("web01", tcp(8080, 81))).code()).isEqualTo("port-taken");
        done(new Change.Publish("web01", tcp(8081, 81)));
        done(new Change.StartContainer("web01"));
        assertThat(container("web01").ports()).allMatch(port -> port.inForce());
    }

    @Test
    void aHostPortThatIsLeftToAChoiceIsTheFirstFreeOneOfIt() throws EngineException {
        PortMapping choice =
                new PortMapping(null, new PortRange(8079, 8081), PortRange.single(80), Protocol.TCP, List.of());
        done(web("web02", null, choice));
        assertThat(ports("web02")).extracting(PortSpec::hostPort).containsExactly(8079);
        Outcome.Done done = done(new Change.Publish("web02", choice));
        assertThat(done.output()).isEqualTo("0.0.0.0:8081");
        assertThat(refused(new Change.Publish("web02", choice)).sentence()).isEqualTo("all ports are allocated");
    }

    @Test
    void publishingAllChoosesAPortForEachThatIsExposedAndNotPublished() throws EngineException {
        done(Change.RunContainer.of("web02", "httpd:2.4", List.of(), List.of())
                .withPorts(List.of(tcp(8079, 81)))
                .withExposed(List.of(
                        new ExposedPort(81, Protocol.TCP),
                        new ExposedPort(82, Protocol.TCP),
                        new ExposedPort(53, Protocol.UDP)))
                .withSettings(HostSettings.DEFAULT.withPublishAll()));
        assertThat(ports("web02"))
                .extracting(port -> port.hostPort() + ":" + port.containerPorts() + "/" + port.protocol())
                .as("Docker binds the largest first")
                .containsExactly("32768:82/tcp", "8079:81/tcp", "32769:80/tcp", "32768:53/udp");
    }

    @Test
    void sctpNeedsAKernelThatHasIt() throws EngineException {
        assertThat(refused(new Change.Publish("web01", PortMapping.of(null, 9000, 80, Protocol.SCTP)))
                        .sentence())
                .endsWith(": protocol not supported");
    }

    @Test
    void whatIsPublishedAlreadyIsRefusedUnlessWhoMayUseItChanges() throws EngineException {
        List<Cidr> neighbours = List.of(Cidr.of("192.0.2.9/24"));
        assertThat(refused(new Change.Publish("web01", tcp(8080, 80))).sentence())
                .isEqualTo("port 80/tcp of container web01 is already published on 0.0.0.0:8080");
        done(new Change.Publish("web01", tcp(8080, 80).withAllowed(neighbours)));
        assertThat(ports("web01")).hasSize(1);
        assertThat(ports("web01").getFirst().allowed()).containsExactly(Cidr.of("192.0.2.0/24"));
        assertThat(refused(new Change.Publish("web01", tcp(8080, 80))).code()).isEqualTo("already-published");
        assertThat(refused(new Change.Publish("web01", tcp(8080, 80).withAllowed(neighbours)))
                        .code())
                .isEqualTo("already-published");
        done(new Change.Publish("web01", tcp(8080, 80).withAllowed(List.of(Cidr.of("0.0.0.0/0")))));
        assertThat(ports("web01").getFirst().allowed()).isEmpty();
    }

    @Test
    void ofARangeTheLargestTakenPortIsNamed() throws EngineException {
        PortMapping range =
                new PortMapping(null, new PortRange(8078, 8082), new PortRange(90, 94), Protocol.TCP, List.of());
        assertThat(refused(new Change.Publish("web01", range)).sentence()).contains("Bind for 0.0.0.0:8080 failed");
        done(new Change.Unpublish("web01", null, null, PortRange.single(80), Protocol.TCP));
        done(new Change.Publish("web01", range));
        done(new Change.Unpublish("web01", null, new PortRange(8079, 8080), null, Protocol.TCP));
        assertThat(ports("web01"))
                .extracting(port -> port.hostPorts() + ":" + port.containerPorts())
                .containsExactly("8078:90", "8081-8082:93-94");
    }

    @Test
    void aNetworksHostBindingIsTheAddressOfPortsThatNameNone() throws EngineException {
        done(withOptions("lo", Map.of("com.docker.network.bridge.host_binding_ipv4", "127.0.0.1")));
        done(web("web02", "lo", tcp(8090, 80), PortMapping.of(ip("0.0.0.0"), 8091, 80, Protocol.TCP)));
        assertThat(ports("web02"))
                .extracting(port -> port.hostAddress().getHostAddress())
                .containsExactly("127.0.0.1", "0.0.0.0");
    }

    @Test
    void impossiblePortsAreRefused() throws EngineException {
        assertThat(refused(new Change.Publish("web01", PortMapping.of(ip("::1"), 80, 80, Protocol.TCP)))
                        .code())
                .isEqualTo("invalid-host-address");
        assertThat(refused(new Change.Publish("web01", PortMapping.of(ip("203.0.113.9"), 8081, 80, Protocol.TCP))))
                .satisfies(refusal -> {
                    assertThat(refusal.sentence())
                            .endsWith("listen tcp4 203.0.113.9:8081: bind: cannot assign requested address");
                    assertThat(refusal.advice()).contains("198.51.100.2");
                });
    }

    private static InetAddress ip(String text) {
        return InetAddress.ofLiteral(text);
    }
}
