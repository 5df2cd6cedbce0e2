package dev.patchbay.core.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.lab.FakeLabTest;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.ExtraHost;
import dev.patchbay.engine.container.HostSettings;
import dev.patchbay.engine.container.PoolRequest;
import dev.patchbay.engine.container.RestartPolicy;
import dev.patchbay.engine.net.Protocol;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Compares with documents of a real Docker 20.10.24: keys, their order and the types of their values. Ids, names
/// that a person chose and container ports are keys as well; the tests choose the same ones.
class InspectTest extends FakeLabTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aNetworkHasDockersKeysInDockersOrder() throws Exception {
        done(subnet("bridge1", "192.0.2.0/24"));
        done(web("c1", "bridge1"));
        ObjectNode ours = lab.inspectNetwork("bridge1");
        ObjectNode theirs = docker("network.json");
        // The one option there chose a bridge's name, which a Lab does itself.
        ((ObjectNode) theirs.path("Options")).removeAll();
        assertThat(shape(ours)).isEqualTo(shape(theirs));
        JsonNode place = ours.path("Containers").path(sandbox("c1").id().value());
        assertThat(place.path("Name").asText()).isEqualTo("c1");
        assertThat(place.path("MacAddress").asText()).isEqualTo("02:42:c0:00:02:02");
        assertThat(place.path("IPv4Address").asText()).isEqualTo("192.0.2.2/24");
        assertThat(ours.path("IPAM").path("Config").path(0).path("Gateway").asText())
                .as("Docker forgets the gateway of a network that only got a subnet")
                .isEqualTo("192.0.2.1");
    }

    @Test
    void theDefaultBridgeIsThatOfASecondStart() throws Exception {
        ObjectNode ours = lab.inspectNetwork("bridge");
        ObjectNode theirs = docker("network-bridge.json");
        assertThat(shape(ours)).isEqualTo(shape(theirs));
        ((ObjectNode) theirs.path("Options")).put("com.docker.network.bridge.name", "patchbay0");
        assertThat(ours.path("Options")).isEqualTo(theirs.path("Options"));
        assertThat(ours.path("IPAM")).isEqualTo(theirs.path("IPAM"));
    }

    @Test
    void hostAndNoneHaveNoSubnet() throws Exception {
        assertThat(lab.inspectNetwork("none").path("IPAM").toString())
                .isEqualTo("{\"Driver\":\"default\",\"Options\":null,\"Config\":[]}");
        assertThat(lab.inspectNetwork("none").path("Driver").asText()).isEqualTo("null");
        assertThat(lab.inspectNetwork("host").path("Options").toString()).isEqualTo("{}");
    }

    /// As Go's `net.IP` writes them, which is how Docker keeps them.
    @Test
    void ipv6AddressesAreWrittenInOneForm() throws Exception {
        done(subnet("shop", "192.0.2.0/24"));
        done(web("c1", "shop")
                .withSettings(new HostSettings(
                        RestartPolicy.NO,
                        false,
                        false,
                        List.of(InetAddress.ofLiteral("2001:DB8:0:0::1"), InetAddress.ofLiteral("192.0.2.53")),
                        List.of(),
                        List.of(),
                        List.of(new ExtraHost("db", InetAddress.ofLiteral("2001:db8:0:0:0:0:0:5"))))));
        JsonNode config = lab.inspectContainer("c1").path("HostConfig");
        assertThat(config.path("Dns").toString()).isEqualTo("[\"2001:db8::1\",\"192.0.2.53\"]");
        assertThat(config.path("ExtraHosts").toString()).isEqualTo("[\"db:2001:db8::5\"]");
    }

    @Test
    void mapsAreSortedAndTheSubnetIsShownAsTyped() throws Exception {
        done(new Change.CreateNetwork(
                "full",
                Driver.BRIDGE,
                List.of(new PoolRequest("10.81.0.3/16", "10.81.5.0/24", null, Map.of())),
                false,
                false,
                false,
                false,
                null,
                Map.of("z", "1", "k", "v", "a", ""),
                Map.of("com.docker.network.driver.mtu", "1400")));
        ObjectNode ours = lab.inspectNetwork("full");
        assertThat(ours.path("Labels").toString()).isEqualTo("{\"a\":\"\",\"k\":\"v\",\"z\":\"1\"}");
        assertThat(ours.path("IPAM").toString())
                .isEqualTo("{\"Driver\":\"default\",\"Options\":{},\"Config\":[{\"Subnet\":\"10.81.0.3/16\","
                        + "\"IPRange\":\"10.81.5.0/24\",\"Gateway\":\"10.81.5.1\"}]}");
    }

    @Test
    void aContainerHasDockersKeysInDockersOrder() throws Exception {
        done(subnet("bridge1", "192.0.2.0/24"));
        done(Change.RunContainer.of(
                        "c1",
                        "host",
                        List.of("/bin/busybox", "sleep", "100000"),
                        List.of(EndpointRequest.on("bridge1")))
                .withPorts(List.of(tcp(8080, 80))));
        ObjectNode ours = lab.inspectContainer("c1");
        ObjectNode theirs = docker("container.json");
        // A Lab has no layers to point to, masks nothing, and has no proxy that answers on "::".
        ((ObjectNode) theirs.path("GraphDriver")).putNull("Data");
        ((ObjectNode) theirs.path("HostConfig")).putArray("MaskedPaths");
        ((ObjectNode) theirs.path("HostConfig")).putArray("ReadonlyPaths");
        ((ArrayNode) theirs.path("NetworkSettings").path("Ports").path("80/tcp")).remove(1);
        assertThat(shape(ours)).isEqualTo(shape(theirs));
        assertThat(ours.path("State")).hasToString(theirs.path("State").toString());
        assertThat(ours.path("Path")).isEqualTo(theirs.path("Path"));
        assertThat(ours.path("Args")).isEqualTo(theirs.path("Args"));
        assertThat(ours.path("HostConfig").path("PortBindings"))
                .isEqualTo(theirs.path("HostConfig").path("PortBindings"));
        assertThat(ours.path("NetworkSettings").path("Ports"))
                .isEqualTo(theirs.path("NetworkSettings").path("Ports"));
        assertThat(ours.path("NetworkSettings").path("IPAddress").asText())
                .as("only the default bridge fills the upper fields")
                .isEmpty();
    }

    @Test
    void theDefaultBridgeFillsTheUpperAddressFields() throws Exception {
        done(web("web01", null, PortMapping.of(InetAddress.ofLiteral("127.0.0.1"), 0, 81, Protocol.TCP)));
        JsonNode settings = lab.inspectContainer("web01").path("NetworkSettings");
        assertThat(settings.path("IPAddress").asText()).isEqualTo("172.17.0.2");
        assertThat(settings.path("IPPrefixLen").asInt()).isEqualTo(16);
        assertThat(settings.path("Gateway").asText()).isEqualTo("172.17.0.1");
        assertThat(settings.path("EndpointID"))
                .isEqualTo(settings.path("Networks").path("bridge").path("EndpointID"));
        assertThat(settings.path("Networks").path("bridge").path("Aliases").isNull())
                .isTrue();
        assertThat(settings.path("Ports").toString())
                .isEqualTo("{\"80/tcp\":null,\"81/tcp\":[{\"HostIp\":\"127.0.0.1\",\"HostPort\":\"32768\"}]}");
        assertThat(lab.inspectContainer("web01")
                        .path("HostConfig")
                        .path("PortBindings")
                        .toString())
                .isEqualTo("{\"81/tcp\":[{\"HostIp\":\"127.0.0.1\",\"HostPort\":\"\"}]}");
    }

    @Test
    void aStoppedContainerHasItsPlacesButNoAddresses() throws Exception {
        done(subnet("n3", "10.5.0.0/24"));
        done(web("c1", null, tcp(8080, 80)));
        done(new Change.Connect(
                "c1", EndpointRequest.on("n3").withAddress("10.5.0.7").withAliases(List.of("db"))));
        done(new Change.StopContainer("c1"));
        ObjectNode ours = lab.inspectContainer("c1");
        JsonNode settings = ours.path("NetworkSettings");
        assertThat(settings.path("Ports").toString()).isEqualTo("{}");
        assertThat(settings.path("SandboxID").asText()).hasSize(64);
        assertThat(settings.path("IPAddress").asText()).isEmpty();
        assertThat(settings.path("Networks").properties().stream().map(Map.Entry::getKey))
                .containsExactly("bridge", "n3");
        JsonNode place = settings.path("Networks").path("n3");
        assertThat(place.path("IPAddress").asText()).isEmpty();
        assertThat(place.path("NetworkID").asText())
                .isEqualTo(network("n3").id().value());
        assertThat(place.path("IPAMConfig").toString()).isEqualTo("{\"IPv4Address\":\"10.5.0.7\"}");
        assertThat(place.path("Aliases").toString())
                .isEqualTo("[\"db\",\"" + sandbox("c1").id().shortForm() + "\"]");
        assertThat(ours.path("State").path("Status").asText()).isEqualTo("exited");
        assertThat(ours.path("State").path("Pid").asInt()).isZero();
        assertThat(lab.inspectNetwork("n3").path("Containers").toString()).isEqualTo("{}");
    }

    @Test
    void timesAreWrittenAsGoWritesThem() {
        assertThat(JsonParts.time(Instant.parse("2026-11-24T06:36:34.514559990Z")))
                .isEqualTo("2026-11-24T06:36:34.51455999Z");
        assertThat(JsonParts.time(Instant.parse("2026-11-24T06:36:34.500Z"))).isEqualTo("2026-11-24T06:36:34.5Z");
        assertThat(JsonParts.time(Instant.parse("2026-11-24T06:36:34Z"))).isEqualTo("2026-11-24T06:36:34Z");
        assertThat(JsonParts.time(null)).isEqualTo("0001-01-01T00:00:00Z");
    }

    @Test
    void whatIsNotThereIsSaidInDockersWords() {
        assertThatThrownBy(() -> lab.inspectNetwork("nosuch"))
                .isInstanceOf(RefusedException.class)
                .hasMessage("network nosuch not found");
        assertThatThrownBy(() -> lab.inspectContainer("nosuch")).hasMessage("No such container: nosuch");
    }

    private ObjectNode docker(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(resource))) {
            return (ObjectNode) JSON.readTree(in).path(0);
        }
    }

    /// Every path of a document with the type found there, in order; 64 hex digits in a key are written `ID`.
    private static List<String> shape(JsonNode document) {
        List<String> lines = new ArrayList<>();
        shape("", document, lines);
        return lines;
    }

    private static void shape(String path, JsonNode node, List<String> lines) {
        lines.add(path + " " + node.getNodeType());
        node.properties()
                .forEach(entry ->
                        shape(path + "." + entry.getKey().replaceAll("[0-9a-f]{64}", "ID"), entry.getValue(), lines));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            shape(path + "[" + i + "]", node.get(i), lines);
        }
    }
}
