package dev.patchbay.core.docker.driver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.MacAddress;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Parses requests with a body. Unknown fields of later engines are ignored.
record DriverRequestParser(JsonNode body) {
    private static final String OPTIONS = "com.docker.network.generic";
    private static final String IPV6 = "com.docker.network.enable_ipv6";
    private static final String INTERNAL = "com.docker.network.internal";
    private static final String PORTS = "com.docker.network.portmap";

    /// Protocol numbers of the IP header, which libnetwork uses.
    private static final Map<Integer, Protocol> PROTOCOLS =
            Map.of(6, Protocol.TCP, 17, Protocol.UDP, 132, Protocol.SCTP);

    @Nullable
    DriverRequest read(String path) {
        return switch (path) {
            case "/NetworkDriver.CreateNetwork" -> createNetwork();
            case "/NetworkDriver.DeleteNetwork" -> new DriverRequest.DeleteNetwork(network());
            case "/NetworkDriver.CreateEndpoint" -> createEndpoint(body.path("Interface"));
            case "/NetworkDriver.DeleteEndpoint" -> new DriverRequest.DeleteEndpoint(endpoint());
            case "/NetworkDriver.EndpointOperInfo" -> new DriverRequest.EndpointOperInfo(endpoint());
            case "/NetworkDriver.Join" -> new DriverRequest.Join(network(), endpoint());
            case "/NetworkDriver.Leave" -> new DriverRequest.Leave(endpoint());
            case "/NetworkDriver.ProgramExternalConnectivity" ->
                new DriverRequest.ProgramExternalConnectivity(endpoint(), ports());
            case "/NetworkDriver.RevokeExternalConnectivity" ->
                new DriverRequest.RevokeExternalConnectivity(endpoint());
            default -> null;
        };
    }

    private Id network() {
        return new Id(body.path("NetworkID").asText());
    }

    private Id endpoint() {
        return new Id(body.path("EndpointID").asText());
    }

    private DriverRequest createNetwork() {
        List<IpamPool> pools = new ArrayList<>();
        for (String family : List.of("IPv4Data", "IPv6Data")) {
            for (JsonNode pool : body.path(family)) {
                pools.add(new IpamPool(pool.path("Pool").asText(), address(pool.path("Gateway"))));
            }
        }
        JsonNode options = body.path("Options");
        Map<String, String> typed = new LinkedHashMap<>();
        options.path(OPTIONS)
                .properties()
                .forEach(option -> typed.put(option.getKey(), option.getValue().asText()));
        return new DriverRequest.CreateNetwork(
                network(),
                pools,
                options.path(IPV6).asBoolean(),
                options.path(INTERNAL).asBoolean(),
                typed);
    }

    private static @Nullable String address(JsonNode withLength) {
        String text = withLength.asText("");
        return text.isEmpty() ? null : text.split("/", 2)[0];
    }

    private DriverRequest createEndpoint(JsonNode given) {
        String mac = given.path("MacAddress").asText("");
        return new DriverRequest.CreateEndpoint(
                network(),
                endpoint(),
                Stream.of("Address", "AddressIPv6")
                        .map(family -> given.path(family).asText(""))
                        .filter(address -> !address.isEmpty())
                        .map(Cidr::of)
                        .toList(),
                mac.isEmpty() ? null : new MacAddress(mac));
    }

    private List<PortMapping> ports() {
        List<PortMapping> ports = new ArrayList<>();
        body.path("Options").path(PORTS).forEach(port -> ports.add(mapping(port)));
        return ports;
    }

    /// A single host port is a range of one; 0 lets the host choose.
    private static PortMapping mapping(JsonNode port) {
        Protocol protocol = PROTOCOLS.get(port.path("Proto").asInt());
        if (protocol == null) {
            throw new IllegalArgumentException("no protocol with ports has the number " + port.path("Proto"));
        }
        String address = port.path("HostIP").asText("");
        int first = port.path("HostPort").asInt();
        int last = Math.max(first, port.path("HostPortEnd").asInt());
        return new PortMapping(
                address.isEmpty() ? null : InetAddress.ofLiteral(address),
                first == 0 ? null : new PortRange(first, last),
                PortRange.single(port.path("Port").asInt()),
                protocol,
                List.of());
    }
}
