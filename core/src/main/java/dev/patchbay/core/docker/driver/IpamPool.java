package dev.patchbay.core.docker.driver;

import dev.patchbay.engine.container.PoolRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A subnet that the engine's IPAM has assigned to a network.
///
/// @param subnet with its prefix length
/// @param gateway without prefix length; null when the engine sends none
record IpamPool(String subnet, @Nullable String gateway) {
    /// As the request of a person. The engine assigns the addresses, so none is reserved here.
    PoolRequest toRequest() {
        return new PoolRequest(subnet, null, gateway, Map.of());
    }
}
