package dev.patchbay.core.ports;

import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.net.Inet6Address;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Refusals about published ports.
public final class PortRefusals {
    /// What an engine says of a host port that another one holds.
    private static final Set<String> TAKEN = Set.of("port is already allocated", "address already in use");

    /// As engines name it: `0.0.0.0:8080`, `[::]:8080`, `:::8080` or `:8080`.
    private static final Pattern HOST_PORT = Pattern.compile("(?:\\d+\\.\\d+\\.\\d+\\.\\d+|]|::| ):(\\d{1,5})");

    private PortRefusals() {}

    public static RefusedException unequalRanges(PortRange inside, PortRange outside) {
        return RefusedException.of(
                "invalid-port",
                "Invalid ranges specified for container and host Ports: " + inside + " and " + outside,
                "Name as many host ports as container ports, or none for free ones.");
    }

    /// Docker without its proxy accepts the port, but no connection to it succeeds.
    public static RefusedException onIpv6Loopback(PortRange inside) {
        return RefusedException.of(
                "invalid-host-address",
                "cannot publish port " + inside + " on [::1]: the kernel lets no packet leave the IPv6 loopback",
                "Publish it on 127.0.0.1, or on an IPv6 address of the host.");
    }

    public static RefusedException containerWithoutIpv6(String container, PortBinding port) {
        return RefusedException.of(
                "no-ipv6",
                "cannot publish on " + port.hostSide() + ": container " + container + " has no IPv6 address",
                "Run or connect it on a network that was created with --ipv6.");
    }

    /// The container has the port itself.
    public static RefusedException alreadyPublished(String container, PortBinding present) {
        return RefusedException.of(
                "already-published",
                "port " + present.containerPortText() + " of container " + container + " is already published on "
                        + present.hostSide(),
                "Who may use it changes with --from NETWORK; with --from 0.0.0.0/0 everyone may.");
    }

    public static RefusedException severalPublished(String container, String typed, List<String> published) {
        return RefusedException.of(
                "ambiguous-port",
                "port " + typed + " of container " + container + " is published more than once: "
                        + String.join(", ", published),
                "Name one of them with its address.");
    }

    /// Another container has the port.
    ///
    /// @param port the one that both want
    /// @param free a host port that nobody has, 0 when there is none
    public static RefusedException portAllocated(
            String container, Id endpoint, PortBinding port, String owner, int free) {
        return RefusedException.of(
                "port-taken",
                externalConnectivity(container, endpoint) + "Bind for " + bind(port)
                        + " failed: port is already allocated",
                publishedBy(owner) + freePortAdvice(free));
    }

    /// A process of the host has the port.
    ///
    /// @param port the one that both want
    /// @param free a host port that nobody has, 0 when there is none
    public static RefusedException portInUse(
            String container, Id endpoint, PortBinding port, Listener owner, int free) {
        return RefusedException.of(
                "port-taken",
                externalConnectivity(container, endpoint) + listen(port) + ": bind: address already in use",
                heldBy(owner) + freePortAdvice(free));
    }

    public static RefusedException addressNotLocal(
            String container, Id endpoint, PortBinding port, List<String> addresses) {
        return RefusedException.of(
                "address-not-local",
                externalConnectivity(container, endpoint) + listen(port) + ": bind: cannot assign requested address",
                "The host's addresses are " + String.join(", ", addresses) + ".");
    }

    public static RefusedException noSctp(String container, Id endpoint) {
        return RefusedException.of(
                "no-sctp",
                externalConnectivity(container, endpoint) + "protocol not supported",
                "The kernel of this host has no SCTP.");
    }

    public static RefusedException noFreePort() {
        return RefusedException.of("no-free-port", "all ports are allocated");
    }

    public static RefusedException noPublishingNetwork(String container) {
        return RefusedException.of(
                "no-publishing-network",
                "container " + container + " is connected to no network that can publish ports",
                "Connect it to a bridge network that is not internal first.");
    }

    public static RefusedException notPublished(String container, String ports) {
        return RefusedException.of("not-published", "No public port '" + ports + "' published for " + container);
    }

    public static RefusedException noPort() {
        return RefusedException.of("invalid-port", "no port specified: <empty>");
    }

    private static String publishedBy(String container) {
        return "Container " + container + " publishes it.";
    }

    private static String heldBy(Listener listener) {
        return "That is " + ContainerPortCheck.holder(listener) + ".";
    }

    /// Whether an engine refuses because another one holds the host port.
    public static boolean isPortTaken(Refusal refusal) {
        return refusal.code().startsWith("docker-") && TAKEN.stream().anyMatch(refusal.sentence()::contains);
    }

    /// The refusal of an engine because of a taken host port, with the port's holder as the advice; the
    /// same refusal when nobody is known to hold it.
    ///
    /// @param listeners of the host
    public static Refusal withHolder(Refusal refusal, Topology topology, List<Listener> listeners) {
        Matcher named = HOST_PORT.matcher(refusal.sentence());
        if (!named.find()) {
            return refusal;
        }
        int port = Integer.parseInt(named.group(1));
        Protocol protocol = refusal.sentence().contains("udp") ? Protocol.UDP : Protocol.TCP;
        Stream<String> containers = topology.containers().stream()
                .filter(container -> container.ports().stream()
                        .anyMatch(held -> held.inForce()
                                && held.protocol() == protocol
                                && held.hostPorts().contains(port)))
                .map(container -> publishedBy(container.name()));
        Stream<String> processes = listeners.stream()
                .filter(listener -> listener.port() == port && listener.protocol() == protocol)
                .map(PortRefusals::heldBy);
        return Stream.concat(containers, processes)
                .findFirst()
                .map(advice -> new Refusal(refusal.code(), refusal.sentence(), advice))
                .orElse(refusal);
    }

    private static String freePortAdvice(int free) {
        return free == 0 ? "" : " Host port " + free + " is free.";
    }

    private static String externalConnectivity(String container, Id endpoint) {
        return "driver failed programming external connectivity on endpoint " + container + " (" + endpoint + "): ";
    }

    private static String listen(PortBinding port) {
        return "listen " + port.protocol() + (isIpv6(port) ? "6 " : "4 ") + port.hostSide();
    }

    private static String bind(PortBinding port) {
        return Addresses.format(port.hostAddress()) + ":" + port.hostPorts();
    }

    private static boolean isIpv6(PortBinding port) {
        return port.hostAddress() instanceof Inet6Address;
    }
}
