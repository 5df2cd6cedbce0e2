package dev.patchbay.core.mistake;

import dev.patchbay.engine.protocol.Listener;
import dev.patchbay.engine.spec.Id;
import dev.patchbay.engine.spec.PortSpec;
import java.util.List;

/// Mistakes about published ports.
public final class PortMistakes {
    private PortMistakes() {}

    public static Mistake badHostPort(int port) {
        return Mistake.of("invalid-port", "invalid hostPort: " + port);
    }

    public static Mistake badContainerPort(int port) {
        return Mistake.of("invalid-port", "invalid containerPort: " + port);
    }

    public static Mistake hostAddressNotIpv4(String address) {
        return Mistake.of(
                "invalid-host-address", "invalid IP address: " + address, "Ports are published on IPv4 addresses.");
    }

    /// Another container has the port.
    public static Mistake allocated(String container, Id endpoint, PortSpec port, String owner) {
        return Mistake.of(
                "port-taken",
                external(container, endpoint) + "Bind for " + bind(port) + " failed: port is already allocated",
                "Container " + owner + " publishes it.");
    }

    /// A process of the host has the port.
    public static Mistake inUse(String container, Id endpoint, PortSpec port, Listener owner) {
        String who = owner.process().isEmpty() ? "a process" : owner.process();
        String pid = owner.pid() == 0 ? "" : " (pid " + owner.pid() + ")";
        return Mistake.of(
                "port-taken",
                external(container, endpoint) + listen(port) + ": bind: address already in use",
                "That is " + who + pid + ". End it, or publish another host port.");
    }

    public static Mistake notLocal(String container, Id endpoint, PortSpec port, List<String> addresses) {
        return Mistake.of(
                "address-not-local",
                external(container, endpoint) + listen(port) + ": bind: cannot assign requested address",
                "The host's addresses are " + String.join(", ", addresses) + ".");
    }

    public static Mistake noFreePort() {
        return Mistake.of("no-free-port", "all ports are allocated");
    }

    public static Mistake nowhereToPublish(String container) {
        return Mistake.of(
                "no-publishing-network",
                "container " + container + " is connected to no network that can publish ports",
                "Connect it to a bridge network that is not internal first.");
    }

    public static Mistake notPublished(String container, String ports) {
        return Mistake.of("not-published", "No public port '" + ports + "' published for " + container);
    }

    public static Mistake noPort() {
        return Mistake.of("invalid-port", "no port specified: <empty>");
    }

    private static String external(String container, Id endpoint) {
        return "driver failed programming external connectivity on endpoint " + container + " (" + endpoint + "): ";
    }

    private static String listen(PortSpec port) {
        return "listen " + port.protocol() + "4 " + bind(port);
    }

    private static String bind(PortSpec port) {
        return port.hostAddress().getHostAddress() + ":" + port.hostPort();
    }
}
