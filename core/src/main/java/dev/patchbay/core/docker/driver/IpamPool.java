package dev.patchbay.core.docker.driver;

import dev.patchbay.engine.container.PoolRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A subnet that the engine's address management gave to a network.
///
/// @param subnet with its prefix length
/// @param gateway without; null where the engine names none
record IpamPool(String subnet, @Nullable String gateway) {
    /// As a person would ask for it. Addresses that others have are the engine's business, which gives them out.
    PoolRequest toRequest() {
        return new PoolRequest(subnet, null, gateway, Map.of());
    }
}
