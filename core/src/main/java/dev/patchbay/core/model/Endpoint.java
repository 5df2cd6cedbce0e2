package dev.patchbay.core.model;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.MacAddress;
import org.jspecify.annotations.Nullable;

/// The connection of a container to a network.
///
/// @param hostInterface kernel name of the outer veth end; empty when unknown
/// @param address of IPv4
/// @param address6 of IPv6
/// @param mac null while there is no link
/// @param attached whether the kernel has the veth, in the network's bridge
public record Endpoint(
        Id id,
        Id network,
        String interfaceName,
        String hostInterface,
        @Nullable Cidr address,
        @Nullable Cidr address6,
        @Nullable MacAddress mac,
        boolean defaultRoute,
        boolean attached,
        EndpointConfig config) {

    public Endpoint withHostInterface(String name) {
        return new Endpoint(id, network, interfaceName, name, address, address6, mac, defaultRoute, attached, config);
    }
}
