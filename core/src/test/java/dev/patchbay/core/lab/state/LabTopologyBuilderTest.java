package dev.patchbay.core.lab.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.core.helper.HelperState;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Host;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.kernel.KernelState;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.spec.DriverSettings;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.spec.Workload;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import dev.patchbay.engine.status.SandboxStatus;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The picture shows what the kernel has, not what the records wish for.
class LabTopologyBuilderTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final Cidr SUBNET = Cidr.of("172.18.0.0/16");
    private static final InetAddress GATEWAY = InetAddress.ofLiteral("172.18.0.1");

    private final NetworkSpec network = new NetworkSpec(
            Id.random(),
            "n1",
            NOON,
            Driver.BRIDGE,
            "pb-0123456789ab",
            List.of(new Pool(SUBNET, GATEWAY, null, Map.of(), false, false)),
            false,
            false,
            false,
            DriverSettings.DEFAULT,
            false,
            List.of(),
            "",
            Map.of(),
            Map.of(),
            Map.of(),
            false);
    private final SandboxSpec sandbox = new SandboxSpec(
            Id.random(),
            "web01",
            NOON,
            "httpd",
            new Workload.Web(),
            List.of("httpd-foreground"),
            "h",
            "",
            List.of(),
            List.of(),
            Map.of(),
            false,
            false,
            "n1",
            HostSettings.DEFAULT,
            Id.random(),
            Id.random(),
            true,
            false);
    private final EndpointSpec endpoint = new EndpointSpec(
            Id.random(),
            network.id(),
            sandbox.id(),
            "eth0",
            List.of(Cidr.of("172.18.0.2/16")),
            MacAddress.fromIpv4(InetAddress.ofLiteral("172.18.0.2")),
            List.of(),
            true,
            0,
            false,
            false,
            false);

    @Test
    void anEndpointIsAttachedWhenItsVethIsPluggedIntoTheBridge() {
        assertThat(attached(link(7, network.bridge(), 0), link(9, endpoint.hostInterface(), 7)))
                .isTrue();
        assertThat(attached(link(7, network.bridge(), 0), link(9, endpoint.hostInterface(), 0)))
                .as("pulled out by hand")
                .isFalse();
        assertThat(attached(link(7, network.bridge(), 0))).as("veth gone").isFalse();
        assertThat(attached(link(9, endpoint.hostInterface(), 7)))
                .as("bridge gone")
                .isFalse();
    }

    @Test
    void theHostShowsOnlyItsOwnLinks() {
        Topology topology = picture(
                null,
                link(1, "lo", 0),
                link(2, "eth0", 0),
                link(7, network.bridge(), 0),
                link(9, endpoint.hostInterface(), 7),
                link(11, "foreign0", 0));
        assertThat(topology.host().interfaces())
                .extracting(Host.Interface::name)
                .containsExactly("eth0", "foreign0");
        assertThat(topology.host().masqueraded()).containsExactly(SUBNET);
        assertThat(topology.host().defaultGateway()).hasToString("/198.51.100.1");
        assertThat(topology.networks().getFirst().bridgeUp()).isTrue();
        assertThat(topology.networks().getFirst().freeAddresses()).isEqualTo(65532);
    }

    @Test
    void aCommandThatEndedByItselfIsShownAsEndedBeforeTheRecordsSaySo() {
        Container ended = picture(new SandboxStatus(sandbox.id(), false, 0, 3, NOON, NOON.plusSeconds(9), "", false, 0))
                .containers()
                .getFirst();
        assertThat(ended.state()).isEqualTo(Container.State.EXITED);
        assertThat(ended.exitCode()).isEqualTo(3);
        Container running = picture(new SandboxStatus(sandbox.id(), true, 41, 0, NOON, null, "", false, 0))
                .containers()
                .getFirst();
        assertThat(running.state()).isEqualTo(Container.State.RUNNING);
        assertThat(running.pid()).isEqualTo(41);
    }

    private boolean attached(KernelState.Link... links) {
        return picture(null, links)
                .containers()
                .getFirst()
                .endpoints()
                .getFirst()
                .attached();
    }

    private List<Problem> problems = List.of();

    @Test
    void aCableThatIsNotWholeInsideIsShownBroken() {
        problems = List.of(
                new Problem(endpoint.id(), ProblemKind.CABLE_NOT_WHOLE, List.of("pbv1", "web01", "shop"), List.of()));
        assertThat(attached(link(3, network.bridge(), 0), link(4, endpoint.hostInterface(), 3)))
                .isFalse();
    }

    @Test
    void aLinkThatIsDownIsShownSo() {
        Topology topology =
                picture(null, down(link(3, network.bridge(), 0)), down(link(4, endpoint.hostInterface(), 3)));
        assertThat(topology.networks().getFirst().bridgeUp()).isFalse();
        assertThat(topology.containers().getFirst().endpoints().getFirst().attached())
                .isFalse();
    }

    @Test
    void aLinkThatIsUpAgainIsShownSoBeforeTheHelperHasLookedAgain() {
        problems = List.of(
                new Problem(network.id(), ProblemKind.BRIDGE_DOWN, List.of("pb-1", "shop"), List.of()),
                new Problem(endpoint.id(), ProblemKind.CABLE_DOWN, List.of("pbv1", "web01", "shop"), List.of()));
        Topology topology = picture(null, link(3, network.bridge(), 0), link(4, endpoint.hostInterface(), 3));
        assertThat(topology.problems()).isEqualTo(problems);
        assertThat(topology.networks().getFirst().bridgeUp()).isTrue();
        assertThat(topology.containers().getFirst().endpoints().getFirst().attached())
                .isTrue();
    }

    private Topology picture(@Nullable SandboxStatus status, KernelState.Link... links) {
        KernelState kernel = new KernelState(
                "lab",
                true,
                List.of(links),
                List.of(KernelState.Route.defaultVia(InetAddress.ofLiteral("198.51.100.1"), "eth0")),
                KernelState.Transport.DEFAULT);
        HelperState state = new HelperState(
                1,
                Specs.of(List.of(network, sandbox, endpoint)),
                status == null ? Map.of() : Map.of(sandbox.id(), status),
                problems,
                false,
                kernel);
        return LabTopologyBuilder.of(state, List.of());
    }

    private static KernelState.Link down(KernelState.Link link) {
        return new KernelState.Link(link.index(), link.name(), "", link.master(), false, 1500, null, "", 0, List.of());
    }

    private static KernelState.Link link(int index, String name, int master) {
        return new KernelState.Link(index, name, "", master, true, 1500, null, "", 0, List.of());
    }
}
