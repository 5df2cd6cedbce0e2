package dev.patchbay.core.docker.driver;

import com.fasterxml.jackson.databind.JsonNode;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.MacAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request of an engine to a network driver: `docs/remote.md` and `drivers/remote/api` of libnetwork.
sealed interface DriverRequest {
    /// Asks which kinds of plugin this is.
    record Activate() implements DriverRequest {}

    record GetCapabilities() implements DriverRequest {}

    /// @param options the values of `-o`
    /// @param pools IPv4 first
    record CreateNetwork(Id network, List<IpamPool> pools, boolean ipv6, boolean internal, Map<String, String> options)
            implements DriverRequest {}

    record DeleteNetwork(Id network) implements DriverRequest {}

    /// @param mac null when the person chose none
    record CreateEndpoint(
            Id network,
            Id endpoint,
            List<Cidr> addresses,
            @Nullable MacAddress mac) implements DriverRequest {}

    record DeleteEndpoint(Id endpoint) implements DriverRequest {}

    record EndpointOperInfo(Id endpoint) implements DriverRequest {}

    /// The answer names the link that the engine moves into the sandbox.
    record Join(Id network, Id endpoint) implements DriverRequest {}

    /// The engine has moved the link back, or will.
    record Leave(Id endpoint) implements DriverRequest {}

    /// This endpoint has the container's default route, and so its published ports.
    record ProgramExternalConnectivity(Id endpoint, List<PortMapping> ports) implements DriverRequest {}

    record RevokeExternalConnectivity(Id endpoint) implements DriverRequest {}

    /// A node of a swarm joined or left; a driver of local scope ignores it.
    record Discovery() implements DriverRequest {}

    /// About networks of a swarm, which a driver of local scope never gets.
    record SwarmRequest() implements DriverRequest {}

    /// @param path of the request, as `/RemoteDriver.Join`
    /// @param body null for a request without one
    /// @return empty for an unknown request
    /// @throws IllegalArgumentException when an id, an address or a number is invalid
    static Optional<DriverRequest> of(String path, @Nullable JsonNode body) {
        return Optional.ofNullable(
                switch (path) {
                    case "/Plugin.Activate" -> new Activate();
                    case "/NetworkDriver.GetCapabilities" -> new GetCapabilities();
                    case "/NetworkDriver.DiscoverNew", "/NetworkDriver.DiscoverDelete" -> new Discovery();
                    case "/NetworkDriver.AllocateNetwork", "/NetworkDriver.FreeNetwork" -> new SwarmRequest();
                    default -> body == null ? null : new DriverRequestParser(body).read(path);
                });
    }
}
