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

/// What an engine asks of a network driver: `docs/remote.md` and `drivers/remote/api` of libnetwork.
sealed interface Message {
    /// What does the plugin do at all?
    record Activate() implements Message {}

    record GetCapabilities() implements Message {}

    /// @param options those of `-o`
    /// @param pools IPv4 first
    record CreateNetwork(Id network, List<IpamPool> pools, boolean ipv6, boolean internal, Map<String, String> options)
            implements Message {}

    record DeleteNetwork(Id network) implements Message {}

    /// @param mac null where the person chose none
    record CreateEndpoint(
            Id network,
            Id endpoint,
            List<Cidr> addresses,
            @Nullable MacAddress mac) implements Message {}

    record DeleteEndpoint(Id endpoint) implements Message {}

    record EndpointOperInfo(Id endpoint) implements Message {}

    /// The answer names the link that the engine takes into the sandbox.
    record Join(Id network, Id endpoint) implements Message {}

    /// The engine has put the link back, or will.
    record Leave(Id endpoint) implements Message {}

    /// This endpoint has the container's default route, and its published ports.
    record ProgramExternalConnectivity(Id endpoint, List<PortMapping> ports) implements Message {}

    record RevokeExternalConnectivity(Id endpoint) implements Message {}

    /// A node of a swarm came or went; a driver of local scope has no use for it.
    record Discovery() implements Message {}

    /// Of a swarm's networks, which a driver of local scope is never asked for.
    record OfSwarm() implements Message {}

    /// @param path of the request, as `/NetworkDriver.Join`
    /// @param body null for one without
    /// @return empty for what the protocol does not know
    /// @throws IllegalArgumentException when an id, an address or a number is none
    static Optional<Message> of(String path, @Nullable JsonNode body) {
        return Optional.ofNullable(
                switch (path) {
                    case "/Plugin.Activate" -> new Activate();
                    case "/NetworkDriver.GetCapabilities" -> new GetCapabilities();
                    case "/NetworkDriver.DiscoverNew", "/NetworkDriver.DiscoverDelete" -> new Discovery();
                    case "/NetworkDriver.AllocateNetwork", "/NetworkDriver.FreeNetwork" -> new OfSwarm();
                    default -> body == null ? null : new MessageReader(body).read(path);
                });
    }
}
