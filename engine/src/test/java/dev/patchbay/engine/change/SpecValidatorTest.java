package dev.patchbay.engine.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.kernel.Ownership;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.protocol.Samples;
import dev.patchbay.engine.spec.DriverSettings;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import dev.patchbay.engine.spec.Workload;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What replaces a record has to go with what is recorded of it, and not just by itself.
class SpecValidatorTest {
    private static final NetworkSpec SHOP = network(Id.random(), "shop", Driver.BRIDGE, "172.18.0");
    private static final NetworkSpec LANE = network(Id.random(), "lane", Driver.BRIDGE, "172.19.0");
    private static final SandboxSpec WEB = Samples.sandbox(new Workload.Web());
    private static final SandboxSpec OTHER = Samples.sandbox(new Workload.Web()).withName("other");
    private static final EndpointSpec PLUG = endpoint(Id.random(), SHOP, WEB, "eth0", "172.18.0.2/16");
    private static final PortSpec PORT =
            PortSpec.published(Id.random(), PLUG, Protocol.TCP, InetAddress.ofLiteral("0.0.0.0"), 8080, 80);
    private static final Specs RECORDS = Specs.of(List.of(SHOP, LANE, WEB, OTHER, PLUG, PORT));

    private static NetworkSpec network(Id id, String name, Driver driver, String subnet) {
        Pool pool =
                new Pool(Cidr.of(subnet + ".0/16"), InetAddress.ofLiteral(subnet + ".1"), null, Map.of(), false, false);
        return new NetworkSpec(
                id,
                name,
                Instant.EPOCH,
                driver,
                driver == Driver.BRIDGE ? Ownership.bridgeName(id) : "",
                driver == Driver.BRIDGE ? List.of(pool) : List.of(),
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
    }

    private static EndpointSpec endpoint(
            Id id, NetworkSpec network, SandboxSpec sandbox, String interfaceName, String address) {
        return new EndpointSpec(
                id,
                network.id(),
                sandbox.id(),
                interfaceName,
                List.of(Cidr.of(address)),
                new MacAddress("02:42:ac:12:00:02"),
                List.of(),
                false,
                0,
                false,
                false,
                false);
    }

    private static @Nullable String refusal(Spec... put) {
        var refusal = SpecValidator.refusal(RECORDS, new SpecChange(List.of(put), List.of()));
        return refusal == null ? null : refusal.sentence();
    }

    @Test
    void aNetworkKeepsWhatItsEndpointsWereMadeFor() {
        assertThat(refusal(SHOP.withName("store"))).isNull();
        assertThat(refusal(SHOP.withMtu(1400, Map.of()))).isNull();
        String fixed = "the driver, link and subnets of network shop cannot be changed";
        assertThat(refusal(network(SHOP.id(), "shop", Driver.BRIDGE, "172.30.0")))
                .isEqualTo(fixed);
        assertThat(refusal(network(SHOP.id(), "shop", Driver.NULL, "172.30.0"))).isEqualTo(fixed);
    }

    /// It would be published to one that answers for another container.
    @Test
    void aPortsEndpointStaysOneOfItsContainer() {
        assertThat(refusal(endpoint(PLUG.id(), SHOP, WEB, "eth0", "172.18.0.3/16")))
                .isNull();
        assertThat(refusal(PLUG.withSandbox(OTHER.id()))).isEqualTo("port 8080 leads to no endpoint of its container");
        assertThat(refusal(PLUG.withSandbox(OTHER.id()), PORT.withSandbox(OTHER.id())))
                .isNull();
    }

    @Test
    void anEndpointHasAnAddressOfItsNetworkAndANameOfItsOwn() {
        assertThat(refusal(endpoint(PLUG.id(), LANE, WEB, "eth0", "172.18.0.2/16")))
                .isEqualTo("172.18.0.2/16 is not an address for network lane");
        assertThat(refusal(endpoint(Id.random(), LANE, WEB, "eth0", "172.19.0.2/16")))
                .startsWith("the interface name eth0 is taken in container");
        NetworkSpec none = network(Id.random(), "none", Driver.NULL, "172.30.0");
        assertThat(refusal(none, endpoint(Id.random(), none, WEB, "eth1", "172.19.0.2/16")))
                .isEqualTo("network none of driver null has no endpoints");
    }

    /// Both were right by themselves.
    @Test
    void aContainerThatStartsNeedsItsPortsFree() {
        SandboxSpec stopped = OTHER.stopped();
        EndpointSpec plug = endpoint(Id.random(), SHOP, stopped, "eth0", "172.18.0.9/16");
        PortSpec same = PortSpec.published(Id.random(), plug, Protocol.TCP, InetAddress.ofLiteral("0.0.0.0"), 8080, 80);
        Specs records = RECORDS.after(new SpecChange(List.of(stopped, plug, same), List.of()));
        var refusal = SpecValidator.refusal(records, new SpecChange(List.of(stopped.withNewRun()), List.of()));
        assertThat(Objects.requireNonNull(refusal).sentence()).isEqualTo("host port 8080/tcp is taken");
    }
}
