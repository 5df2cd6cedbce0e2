package dev.patchbay.core.model;

import dev.patchbay.engine.container.Driver;
import dev.patchbay.engine.container.Pool;
import java.util.Map;
import java.util.Set;

/// The driver of a network, by name. A real engine may have any, with whatever name.
///
/// @param scope as in `network ls`: `local`, or `swarm` for a network of several machines
public record NetworkDriver(String name, String scope) {
    private static final String LOCAL = "local";
    private static final Set<String> WITHOUT_ENDPOINTS = Set.of(Driver.HOST.toString(), Driver.NULL.toString());

    /// As which an engine knows Patchbay.
    private static final String OWN_PLUGIN = "patchbay";

    public static final NetworkDriver BRIDGE = of(Driver.BRIDGE);

    public static NetworkDriver of(Driver driver) {
        return new NetworkDriver(driver.toString(), LOCAL);
    }

    public boolean is(Driver driver) {
        return name.equals(driver.toString());
    }

    /// Whether its networks are bridges of the host: an engine's own, or those that Patchbay serves to it.
    public boolean makesBridges() {
        return is(Driver.BRIDGE) || isOwnPlugin();
    }

    /// Whether an engine has them through Patchbay's network driver.
    public boolean isOwnPlugin() {
        return name.equals(OWN_PLUGIN);
    }

    /// Whether containers get endpoints on such a network.
    public boolean hasEndpoints() {
        return !WITHOUT_ENDPOINTS.contains(name);
    }

    /// Whether its networks are of one machine.
    public boolean isLocal() {
        return scope.equals(LOCAL);
    }

    /// Whether only an engine has networks of this driver.
    public boolean isForeign() {
        return Driver.named(name).isEmpty() && !isOwnPlugin();
    }

    /// Whether containers have a gateway there. Docker sets none with ipvlan between subnets; of an unknown driver
    /// only a gateway that somebody asked for is known.
    boolean hasGateway(Pool pool, Map<String, String> options) {
        return switch (name) {
            case "bridge", "macvlan", OWN_PLUGIN -> true;
            case "ipvlan" ->
                options.getOrDefault("ipvlan_mode", options.getOrDefault("mode", "l2"))
                        .equals("l2");
            default -> pool.gatewayGiven();
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
