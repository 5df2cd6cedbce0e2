package dev.patchbay.core.ipam;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.EndpointConfig;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.ContainerRefusals;
import dev.patchbay.core.refusal.NetworkRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Moves a container from one network to another as one change. Its aliases, its gateway priority and a requested
/// MAC address stay, and a requested address where the new network has it free. The predefined network has no
/// aliases.
public final class EndpointMove {
    private EndpointMove() {}

    /// The container leaves the old network first: hosts bind its published ports to the network that it joins
    /// while it has no other.
    public static Change.Batch of(Topology topology, Container container, Network from, Network to)
            throws RefusedException {
        Endpoint endpoint = container.endpointOn(from.id());
        if (endpoint == null) {
            throw ContainerRefusals.notConnected(container.id(), from.name(), container.running());
        }
        if (container.endpointOn(to.id()) != null) {
            throw ContainerRefusals.alreadyConnected(container.name(), to.name());
        }
        EndpointConfig config = endpoint.config();
        EndpointRequest request = new EndpointRequest(
                to.name(),
                fitting(topology, to, config.address()),
                fitting(topology, to, config.address6()),
                config.mac() == null ? null : config.mac().toString(),
                to.predefined() ? List.of() : config.aliases(),
                config.gatewayPriority());
        return new Change.Batch(
                List.of("patchbay", "network", "move", from.name(), to.name(), container.name()),
                List.of(
                        new Change.Disconnect(from.name(), container.name()),
                        new Change.Connect(container.name(), request)));
    }

    /// Lets one of a container's networks give its default route, as one change: hosts choose the endpoint with the
    /// highest gateway priority when it connects. Its aliases and requested addresses stay.
    public static Change.Batch toDefaultGateway(Topology topology, Container container, Network network)
            throws RefusedException {
        Endpoint endpoint = container.endpointOn(network.id());
        if (endpoint == null) {
            throw ContainerRefusals.notConnected(container.id(), network.name(), container.running());
        }
        if (network.internal()) {
            throw NetworkRefusals.internalGateway(network.name());
        }
        if (network.attached()) {
            throw NetworkRefusals.attachedGateway(network.name());
        }
        int highest = container.endpoints().stream()
                .filter(other -> !other.network().equals(network.id()))
                .mapToInt(other -> other.config().gatewayPriority())
                .max()
                .orElseThrow(() -> NetworkRefusals.onlyGateway(container.name(), network.name()));
        EndpointRequest request =
                EndpointRequest.again(network, endpoint.config()).withGatewayPriority(highest + 1);
        return new Change.Batch(
                List.of("patchbay", "network", "gateway", network.name(), container.name()),
                List.of(
                        new Change.Disconnect(network.name(), container.name()),
                        new Change.Connect(container.name(), request)));
    }

    /// The address as typed; null when the network does not have it or it is not free.
    private static @Nullable String fitting(Topology topology, Network network, @Nullable InetAddress address) {
        if (address == null) {
            return null;
        }
        boolean free =
                network.config().pools().stream().anyMatch(pool -> pool.subnet().contains(address))
                        && !address.equals(network.gateway())
                        && !isTaken(topology, network, address);
        return free ? Addresses.format(address) : null;
    }

    private static boolean isTaken(Topology topology, Network network, InetAddress address) {
        return topology.containersOn(network.id()).stream()
                .map(container -> Objects.requireNonNull(container.endpointOn(network.id())))
                .flatMap(endpoint -> Stream.of(endpoint.address(), endpoint.address6()))
                .flatMap(Stream::ofNullable)
                .map(Cidr::address)
                .anyMatch(address::equals);
    }
}
