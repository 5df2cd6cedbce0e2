package dev.patchbay.core.model;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.MacAddress;
import org.jspecify.annotations.Nullable;

/// A container's plug on a network's rail.
///
/// @param hostInterface kernel name of the veth's end on the host; empty when unknown
/// @param address of IPv4
/// @param address6 of IPv6
/// @param mac null while there is no link
/// @param attached the kernel has the veth, plugged into the network's bridge
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
        EndpointConfig config) {}
