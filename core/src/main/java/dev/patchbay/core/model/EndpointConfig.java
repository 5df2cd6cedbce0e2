package dev.patchbay.core.model;

import dev.patchbay.engine.net.MacAddress;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The requested settings of an endpoint; [Endpoint] has the assigned addresses.
///
/// @param addressesKnown false when an engine does not report all requested addresses
/// @param address of IPv4; null when none was chosen, as for the other addresses
/// @param address6 of IPv6
public record EndpointConfig(
        boolean addressesKnown,
        @Nullable InetAddress address,
        @Nullable InetAddress address6,
        @Nullable MacAddress mac,
        List<String> aliases,
        int gatewayPriority) {
    /// Without any requested setting.
    public static final EndpointConfig DEFAULT = new EndpointConfig(true, null, null, null, List.of(), 0);

    public EndpointConfig {
        aliases = List.copyOf(aliases);
    }
}
