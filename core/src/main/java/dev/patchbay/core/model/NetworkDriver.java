package dev.patchbay.core.model;

import dev.patchbay.engine.container.Driver;
import java.util.Set;

/// The driver of a network, by name. A real engine may have drivers that Patchbay cannot use.
///
/// @param scope as in `network ls`: `local`, or `swarm` for a network of several machines
public record NetworkDriver(String name, String scope) {
    private static final String LOCAL = "local";
    private static final Set<String> WITHOUT_ENDPOINTS = Set.of(Driver.HOST.toString(), Driver.NULL.toString());

    public static final NetworkDriver BRIDGE = of(Driver.BRIDGE);

    public static NetworkDriver of(Driver driver) {
        return new NetworkDriver(driver.toString(), LOCAL);
    }

    public boolean is(Driver driver) {
        return name.equals(driver.toString());
    }

    /// Whether containers get endpoints on such a network.
    public boolean hasEndpoints() {
        return !WITHOUT_ENDPOINTS.contains(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
