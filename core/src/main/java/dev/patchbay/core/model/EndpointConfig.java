package dev.patchbay.core.model;

import dev.patchbay.engine.net.MacAddress;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How an endpoint was asked for. [Endpoint] has the addresses that it got.
///
/// @param addressesKnown false where an engine does not tell every address that was asked for
/// @param address of IPv4; null where nobody chose one, as for the other addresses
/// @param address6 of IPv6
public record EndpointConfig(
        boolean addressesKnown,
        @Nullable InetAddress address,
        @Nullable InetAddress address6,
        @Nullable MacAddress mac,
        List<String> aliases,
        int gatewayPriority) {
    /// Nothing was asked for.
    public static final EndpointConfig DEFAULT = new EndpointConfig(true, null, null, null, List.of(), 0);

    public EndpointConfig {
        aliases = List.copyOf(aliases);
    }
}
