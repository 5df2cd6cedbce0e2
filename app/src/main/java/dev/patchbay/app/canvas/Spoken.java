package dev.patchbay.app.canvas;

import dev.patchbay.app.canvas.layout.Element;
import dev.patchbay.app.canvas.layout.Labels;
import dev.patchbay.core.topology.Container;
import dev.patchbay.core.topology.Endpoint;
import dev.patchbay.core.topology.Network;
import dev.patchbay.core.topology.PortBinding;
import dev.patchbay.core.topology.Topology;
import dev.patchbay.engine.spec.Addresses;
import dev.patchbay.engine.spec.Id;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One sentence per element, for a screen reader.
final class Spoken {
    private Spoken() {}

    static String of(@Nullable Element element, Topology topology) {
        return switch (element) {
            case null -> summary(topology);
            case Element.HostPanel _ -> "Host " + Labels.inert(topology.host().name());
            case Element.Nic nic -> "Interface " + Labels.inert(nic.name()) + " of the host";
            case Element.DropSlot _ -> "Free place on the port rail";
            case Element.BusyPort busy ->
                "Host port " + busy.port() + "/" + busy.protocol() + ", held by another process";
            case Element.HostPort port -> port(port.port(), topology);
            case Element.PortCable cable -> port(cable.port(), topology);
            case Element.PlainNetwork plain -> network(plain.network(), topology);
            case Element.Lane lane -> network(lane.network(), topology);
            case Element.Rail rail -> network(rail.network(), topology);
            case Element.Gateway gateway -> gateway(gateway.network(), topology);
            case Element.Card card -> container(card.container(), topology);
            case Element.Pin pin -> "Port " + pin.port() + " of " + name(pin.container(), topology);
            case Element.Plug plug -> plug(plug.container(), plug.network(), topology);
            case Element.AttachmentCable cable -> plug(cable.container(), cable.network(), topology);
        };
    }

    private static String summary(Topology topology) {
        return "Topology: " + topology.networks().size() + " networks, "
                + topology.containers().size() + " containers";
    }

    private static String name(Id container, Topology topology) {
        Container found = topology.container(container);
        return found == null ? "a removed container" : Labels.inert(found.name());
    }

    private static String networkName(Id network, Topology topology) {
        Network found = topology.network(network);
        return found == null ? "a removed network" : Labels.inert(found.name());
    }

    private static String port(Id port, Topology topology) {
        for (Container container : topology.containers()) {
            for (PortBinding binding : container.ports()) {
                if (binding.id().equals(port)) {
                    return "Host port %s/%s to port %s of %s%s"
                            .formatted(
                                    binding.hostPorts(),
                                    binding.protocol(),
                                    binding.containerPorts(),
                                    Labels.inert(container.name()),
                                    binding.inForce() ? "" : ", not in force");
                }
            }
        }
        return "A removed port";
    }

    private static String network(Id id, Topology topology) {
        Network network = topology.network(id);
        if (network == null) {
            return "A removed network";
        }
        int containers = topology.containersOn(id).size();
        return "Network %s%s, %d %s"
                .formatted(
                        Labels.inert(network.name()),
                        network.subnet() == null ? "" : ", " + network.subnet(),
                        containers,
                        containers == 1 ? "container" : "containers");
    }

    private static String gateway(Id id, Topology topology) {
        Network network = topology.network(id);
        return network == null || network.gateway() == null
                ? "No gateway"
                : "Gateway " + Addresses.text(network.gateway()) + " of " + Labels.inert(network.name());
    }

    private static String container(Id id, Topology topology) {
        Container container = topology.container(id);
        if (container == null) {
            return "A removed container";
        }
        List<Endpoint> endpoints = container.endpoints();
        String networks = endpoints.isEmpty()
                ? "on no network"
                : endpoints.stream()
                        .map(endpoint -> "on " + networkName(endpoint.network(), topology))
                        .collect(Collectors.joining(" and "));
        return "Container %s, %s, %s, %s"
                .formatted(
                        Labels.inert(container.name()),
                        container.state().name().toLowerCase(Locale.ROOT),
                        Labels.inert(container.image()),
                        networks);
    }

    private static String plug(Id id, Id network, Topology topology) {
        Container container = topology.container(id);
        Endpoint endpoint = container == null ? null : container.endpointOn(network);
        String address = endpoint == null || endpoint.address() == null
                ? ""
                : ", " + Addresses.text(endpoint.address().address());
        return "Plug of " + name(id, topology) + " on " + networkName(network, topology) + address;
    }
}
