package dev.patchbay.core.model;

import dev.patchbay.engine.container.Driver;
import java.util.Set;

/// What carries a network, by its driver's name. A real engine has drivers that Patchbay makes no networks of.
///
/// @param scope as in `network ls`: `local`, or `swarm` where other machines are part of it
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
