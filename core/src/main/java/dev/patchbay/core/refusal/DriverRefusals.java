package dev.patchbay.core.refusal;

import dev.patchbay.engine.Id;
import java.nio.file.Path;

/// Refusals about networks of an engine that uses Patchbay's network driver.
public final class DriverRefusals {
    private DriverRefusals() {}

    public static RefusedException alreadyServed(Path socket) {
        return RefusedException.of(
                "driver-served",
                "another process serves " + socket + " already",
                "One is enough: end that one first, with Ctrl+C in its terminal or `patchbay host driver off`.");
    }

    public static RefusedException rootNeeded(Path plugins) {
        return RefusedException.of(
                "driver-of-root",
                "Docker looks for its network drivers in " + plugins + ", which is for root alone",
                "Start Patchbay as root: `sudo patchbay host driver`.");
    }

    /// The records of this machine's networks were lost, or the engine has the network from another
    /// machine.
    public static RefusedException unknownNetwork(Id network) {
        return RefusedException.of(
                "network-not-found",
                "Patchbay has no record of network " + network.shortForm(),
                "Remove it with `docker network rm`, and create it again.");
    }

    public static RefusedException unknownEndpoint(Id endpoint) {
        return RefusedException.of("endpoint-not-found", "Patchbay has no record of endpoint " + endpoint.shortForm());
    }

    public static RefusedException withoutIpv4(Id network) {
        return RefusedException.of(
                "no-ipv4",
                "network " + network.shortForm() + " gave its container no IPv4 address",
                "Create it with an IPv4 subnet.");
    }
}
