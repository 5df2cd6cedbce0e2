package dev.patchbay.core.model;

import dev.patchbay.engine.net.Addresses;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request for an endpoint on one network, for a new container or a connection.
///
/// @param network name, id or unique prefix, as typed; for a new container also `host`, `none` or
///     `container:NAME`
/// @param address a static IPv4 address as typed, or null
/// @param address6 a static IPv6 address as typed, or null
/// @param mac as typed, or null for the one derived from the address
/// @param gatewayPriority the endpoint with the highest one has the default route; equal ones do not
///     move it
public record EndpointRequest(
        String network,
        @Nullable String address,
        @Nullable String address6,
        @Nullable String mac,
        List<String> aliases,
        int gatewayPriority) {

    public EndpointRequest {
        aliases = List.copyOf(aliases);
    }

    /// A request for an endpoint; the core chooses all its settings.
    public static EndpointRequest on(String network) {
        return new EndpointRequest(network, null, null, null, List.of(), 0);
    }

    /// A request for an endpoint of a network with the settings that were requested before. A predefined network has
    /// no aliases.
    public static EndpointRequest again(Network network, EndpointConfig config) {
        return new EndpointRequest(
                network.name(),
                config.address() == null ? null : Addresses.format(config.address()),
                config.address6() == null ? null : Addresses.format(config.address6()),
                config.mac() == null ? null : config.mac().toString(),
                network.predefined() ? List.of() : config.aliases(),
                config.gatewayPriority());
    }

    public EndpointRequest withNetwork(String name) {
        return new EndpointRequest(name, address, address6, mac, aliases, gatewayPriority);
    }

    public EndpointRequest withAddress(@Nullable String typed) {
        return new EndpointRequest(network, typed, address6, mac, aliases, gatewayPriority);
    }

    public EndpointRequest withAliases(List<String> names) {
        return new EndpointRequest(network, address, address6, mac, names, gatewayPriority);
    }

    public EndpointRequest withMac(@Nullable String typed) {
        return new EndpointRequest(network, address, address6, typed, aliases, gatewayPriority);
    }

    public EndpointRequest withGatewayPriority(int priority) {
        return new EndpointRequest(network, address, address6, mac, aliases, priority);
    }
}
