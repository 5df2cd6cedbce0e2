package dev.patchbay.core.inspect;

import static dev.patchbay.core.inspect.JsonParts.array;
import static dev.patchbay.core.inspect.JsonParts.object;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchbay.core.helper.PortSpecConverter;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.engine.container.Pool;
import dev.patchbay.engine.kernel.NetnsName;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.spec.EndpointSpec;
import dev.patchbay.engine.spec.NetworkSpec;
import dev.patchbay.engine.spec.PortSpec;
import dev.patchbay.engine.spec.SandboxSpec;
import dev.patchbay.engine.spec.Specs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The `NetworkSettingsDocument` of a container. For a stopped one it is empty: its addresses are
/// reserved, but not in use.
final class NetworkSettingsDocument {
    private final SandboxSpec sandbox;
    private final Specs specs;
    private final boolean hasRun;

    /// @param hasRun whether it was started before; until then Docker knows neither its namespace nor
    ///     its networks' ids
    NetworkSettingsDocument(SandboxSpec sandbox, Specs specs, boolean hasRun) {
        this.sandbox = sandbox;
        this.specs = specs;
        this.hasRun = hasRun;
    }

    ObjectNode document() {
        EndpointSpec onDefaultBridge = specs.endpointsOf(sandbox.id()).stream()
                .filter(endpoint -> specs.network(endpoint.network()).predefined())
                .findFirst()
                .orElse(null);
        EndpointFields place = endpointFields(onDefaultBridge);
        ObjectNode settings = object();
        settings.put("Bridge", "");
        settings.put(
                "SandboxID",
                sharesNetns() || !hasRun ? "" : sandbox.namespaceId().value());
        settings.put("HairpinMode", false);
        settings.put("LinkLocalIPv6Address", "");
        settings.put("LinkLocalIPv6PrefixLen", 0);
        settings.set("Ports", ports());
        settings.put("SandboxKey", key());
        settings.putNull("SecondaryIPAddresses");
        settings.putNull("SecondaryIPv6Addresses");
        settings.put("EndpointID", place.endpointId);
        settings.put("Gateway", place.gateway);
        settings.put("GlobalIPv6Address", place.address6);
        settings.put("GlobalIPv6PrefixLen", place.prefixLength6);
        settings.put("IPAddress", place.address);
        settings.put("IPPrefixLen", place.prefixLength);
        settings.put("IPv6Gateway", place.gateway6);
        settings.put("MacAddress", place.mac);
        settings.set("Networks", networks());
        return settings;
    }

    private boolean sharesNetns() {
        return sandbox.netnsOwner().isPresent();
    }

    /// The path of the namespace: a file in `/run/netns`, the host's own, or that of the container that
    /// owns it.
    private String key() {
        if (sharesNetns() || !hasRun) {
            return "";
        }
        return sandbox.usesHostNetwork()
                ? "/proc/1/ns/net"
                : NetnsName.path(sandbox.netnsName()).toString();
    }

    /// The fields of a running container on one network; empty texts for a stopped one.
    private record EndpointFields(
            String endpointId,
            String gateway,
            String address,
            int prefixLength,
            String mac,
            String gateway6,
            String address6,
            int prefixLength6) {}

    private EndpointFields endpointFields(@Nullable EndpointSpec endpoint) {
        Cidr address = endpoint == null || !sandbox.running() ? null : endpoint.ipv4();
        if (endpoint == null || address == null) {
            return new EndpointFields("", "", "", 0, "", "", "", 0);
        }
        NetworkSpec network = specs.network(endpoint.network());
        Cidr address6 = endpoint.ipv6();
        return new EndpointFields(
                endpoint.id().value(),
                gateway(network, Family.IPV4),
                Addresses.format(address.address()),
                address.prefixLength(),
                endpoint.mac().toString(),
                address6 == null ? "" : gateway(network, Family.IPV6),
                address6 == null ? "" : Addresses.format(address6.address()),
                address6 == null ? 0 : address6.prefixLength());
    }

    private static String gateway(NetworkSpec network, Family family) {
        return network.pools().stream()
                .map(Pool::gateway)
                .filter(gateway -> !network.internal() && family.includes(gateway))
                .map(Addresses::format)
                .findFirst()
                .orElse("");
    }

    private Stream<PortBinding> splitAddresses(PortSpec port) {
        PortBinding binding = PortSpecConverter.binding(port, specs);
        return binding.hostAddresses().stream().map(binding::withHostAddress);
    }

    /// Only ports in force. Docker's second line with `::` is that of its proxy when the container has
    /// no IPv6 address, and there is no proxy here. Without an endpoint no port is in force.
    private ObjectNode ports() {
        TreeMap<String, List<PortBinding>> byContainerPort = new TreeMap<>();
        if (sandbox.running() && !specs.endpointsOf(sandbox.id()).isEmpty()) {
            sandbox.exposed().forEach(port -> byContainerPort.put(port.toString(), new ArrayList<>()));
            // Docker's order is the latest first, and IPv4 before IPv6.
            specs.portsOf(sandbox.id()).reversed().stream()
                    .filter(specs::isActive)
                    .flatMap(this::splitAddresses)
                    .flatMap(NetworkSettingsDocument::splitRange)
                    .forEach(port -> byContainerPort
                            .computeIfAbsent(port.containerPortText(), _ -> new ArrayList<>())
                            .add(port));
        }
        ObjectNode ports = object();
        byContainerPort.forEach((key, bindings) -> {
            ArrayNode list = array();
            inDockerOrder(bindings).forEach(port -> {
                ObjectNode binding = binding(
                        Addresses.format(port.hostAddress()), port.hostPorts().toString());
                if (!port.allowed().isEmpty()) {
                    binding.set(
                            "From",
                            array(port.allowed().stream().map(Cidr::toString).toList()));
                }
                list.add(binding);
            });
            ports.set(key, list.isEmpty() ? null : list);
        });
        return ports;
    }

    /// Of UDP ports the highest comes first.
    private static List<PortBinding> inDockerOrder(List<PortBinding> latestFirst) {
        return latestFirst.isEmpty() || latestFirst.getFirst().protocol() == Protocol.TCP
                ? latestFirst
                : latestFirst.stream()
                        .sorted(Comparator.comparingInt(
                                        (PortBinding port) -> port.hostPorts().first())
                                .reversed())
                        .toList();
    }

    private ObjectNode networks() {
        ObjectNode networks = object();
        specs.endpointsOf(sandbox.id()).stream()
                .sorted(Comparator.comparing(
                        endpoint -> specs.network(endpoint.network()).name()))
                .forEach(endpoint -> {
                    NetworkSpec network = specs.network(endpoint.network());
                    networks.set(network.name(), network(network, endpoint));
                });
        if (sandbox.networkMode().equals("none") || sandbox.usesHostNetwork()) {
            specs.networks().stream()
                    .filter(network -> network.predefined() && network.name().equals(sandbox.networkMode()))
                    .forEach(network -> networks.set(network.name(), network(network, null)));
        }
        return networks;
    }

    private ObjectNode network(NetworkSpec network, @Nullable EndpointSpec endpoint) {
        EndpointFields place = endpointFields(endpoint);
        ObjectNode entry = object();
        entry.set("IPAMConfig", endpoint == null ? null : ipamConfig(endpoint));
        entry.putNull("Links");
        entry.set("Aliases", endpoint == null || network.predefined() ? null : aliases(network, endpoint));
        entry.put("NetworkID", hasRun ? network.id().value() : "");
        entry.put("EndpointID", place.endpointId);
        entry.put("Gateway", place.gateway);
        entry.put("IPAddress", place.address);
        entry.put("IPPrefixLen", place.prefixLength);
        entry.put("IPv6Gateway", place.gateway6);
        entry.put("GlobalIPv6Address", place.address6);
        entry.put("GlobalIPv6PrefixLen", place.prefixLength6);
        entry.put("MacAddress", place.mac);
        entry.putNull("DriverOpts");
        return entry;
    }

    /// The static addresses; null for none.
    private static @Nullable ObjectNode ipamConfig(EndpointSpec endpoint) {
        ObjectNode chosen = object();
        if (endpoint.staticIpv4() && endpoint.ipv4() != null) {
            chosen.put("IPv4Address", Addresses.format(endpoint.ipv4().address()));
        }
        if (endpoint.staticIpv6() && endpoint.ipv6() != null) {
            chosen.put("IPv6Address", Addresses.format(endpoint.ipv6().address()));
        }
        return chosen.isEmpty() ? null : chosen;
    }

    /// A container gets its own name as an alias on its first network when it is started for the first
    /// time.
    private @Nullable ArrayNode aliases(NetworkSpec network, EndpointSpec endpoint) {
        if (!hasRun && network.name().equals(sandbox.networkMode())) {
            return endpoint.aliases().isEmpty() ? null : array(endpoint.aliases());
        }
        return array(aliasNames(endpoint));
    }

    private List<String> aliasNames(EndpointSpec endpoint) {
        return Stream.concat(endpoint.aliases().stream(), Stream.of(sandbox.id().shortForm(), sandbox.hostname()))
                .distinct()
                .toList();
    }

    static ObjectNode binding(String hostAddress, String hostPort) {
        return object().put("HostIp", hostAddress).put("HostPort", hostPort);
    }

    /// Docker's documents know no ranges.
    static Stream<PortBinding> splitRange(PortBinding range) {
        return IntStream.rangeClosed(
                        range.containerPorts().first(), range.containerPorts().last())
                .mapToObj(port -> range.slice(range.id(), PortRange.single(port)));
    }
}
