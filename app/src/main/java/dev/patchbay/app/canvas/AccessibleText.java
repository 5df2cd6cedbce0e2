package dev.patchbay.app.canvas;

import dev.patchbay.app.canvas.scene.ProblemMarkers;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.SafeText;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Host;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.PublishedPort;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.net.Addresses;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Describes each element in one sentence for a screen reader.
final class AccessibleText {
    private final Topology topology;
    private final List<Listener> busy;
    private final Map<CanvasElement, String> problems;

    /// @param busy host ports of other processes
    AccessibleText(Topology topology, List<Listener> busy) {
        this.topology = topology;
        this.busy = busy;
        this.problems = ProblemMarkers.of(topology);
    }

    String of(@Nullable CanvasElement element) {
        String problem = element == null ? null : problems.get(element);
        return problem == null ? description(element) : Messages.of("spoken.problem", description(element), problem);
    }

    private String description(@Nullable CanvasElement element) {
        return switch (element) {
            case null -> summary();
            case CanvasElement.HostPanel _ ->
                Messages.of(
                        "spoken.host", SafeText.escapeAndShorten(topology.host().name()));
            case CanvasElement.Nic nic -> nic(nic.name());
            case CanvasElement.DropSlot _ -> Messages.of("spoken.slot");
            case CanvasElement.BusyPort held -> busyPort(held);
            case CanvasElement.HostPort port -> port(port.port());
            case CanvasElement.PortCable cable -> port(cable.port());
            case CanvasElement.UnbridgedNetwork plain -> network(plain.network());
            case CanvasElement.Lane lane -> network(lane.network());
            case CanvasElement.Rail rail -> network(rail.network());
            case CanvasElement.Gateway gateway -> gateway(gateway.network());
            case CanvasElement.Card card -> container(card.container());
            case CanvasElement.Pin pin -> pin(pin);
            case CanvasElement.Plug plug -> plug(plug.container(), plug.network());
            case CanvasElement.AttachmentCable cable -> plug(cable.container(), cable.network());
        };
    }

    private String summary() {
        return Messages.of(
                "spoken.summary",
                Messages.count("spoken.networks", topology.networks().size()),
                Messages.count("picture.containers", topology.containers().size()));
    }

    private String nic(String name) {
        String addresses = topology.host().interfaces().stream()
                .filter(link -> link.name().equals(name))
                .map(Host.Interface::addresses)
                .flatMap(List::stream)
                .map(Object::toString)
                .collect(Collectors.joining(", "));
        return addresses.isEmpty()
                ? Messages.of("spoken.nic", SafeText.escapeAndShorten(name))
                : Messages.of("spoken.nicWith", SafeText.escapeAndShorten(name), addresses);
    }

    private String busyPort(CanvasElement.BusyPort port) {
        String owner = busy.stream()
                .filter(listener -> listener.port() == port.port() && listener.protocol() == port.protocol())
                .map(Listener::process)
                .filter(process -> !process.isEmpty())
                .findFirst()
                .orElse(Messages.of("publish.somebody"));
        return Messages.of("spoken.busy", port.port() + "/" + port.protocol(), SafeText.escapeAndShorten(owner));
    }

    private String name(Id container) {
        Container found = topology.container(container);
        return found == null ? Messages.of("spoken.gone") : SafeText.escapeAndShorten(found.name());
    }

    private String networkName(Id network) {
        Network found = topology.network(network);
        return found == null ? Messages.of("spoken.gone") : SafeText.escapeAndShorten(found.name());
    }

    private String port(Id id) {
        PublishedPort published = topology.port(id);
        if (published == null) {
            return Messages.of("spoken.gone");
        }
        PortBinding port = published.port();
        String onHost = port.hostPorts() + "/" + port.protocol();
        String container = SafeText.escapeAndShorten(published.container().name());
        return port.isEffective()
                ? Messages.of("spoken.port", onHost, port.containerPorts(), container)
                : Messages.of("spoken.portAsleep", onHost, port.containerPorts(), container);
    }

    private String pin(CanvasElement.Pin pin) {
        Container container = topology.container(pin.container());
        boolean published = container != null
                && container.ports().stream()
                        .anyMatch(port ->
                                port.publishes(pin.port().port(), pin.port().protocol()));
        return published
                ? Messages.of("spoken.pinPublished", pin.port(), name(pin.container()))
                : Messages.of("spoken.pin", pin.port(), name(pin.container()));
    }

    private String network(Id id) {
        Network network = topology.network(id);
        return network == null
                ? Messages.of("spoken.gone")
                : Messages.of(
                        "spoken.network",
                        SafeText.escapeAndShorten(network.name()),
                        network.subnet() == null ? Messages.of("picture.noAddress") : network.subnet(),
                        Messages.count(
                                "picture.containers", topology.containersOn(id).size()));
    }

    private String gateway(Id id) {
        Network network = topology.network(id);
        return network == null || network.gateway() == null
                ? Messages.of("spoken.noGateway")
                : Messages.of(
                        "spoken.gateway",
                        Addresses.format(network.gateway()),
                        SafeText.escapeAndShorten(network.name()));
    }

    private String container(Id id) {
        Container container = topology.container(id);
        if (container == null) {
            return Messages.of("spoken.gone");
        }
        String networks = container.endpoints().stream()
                .map(Endpoint::network)
                .map(this::networkName)
                .collect(Collectors.joining(", "));
        return Messages.of(
                "spoken.container",
                SafeText.escapeAndShorten(container.name()),
                container.state().name().toLowerCase(Locale.ROOT),
                SafeText.escapeAndShorten(container.image()),
                networks.isEmpty() ? withoutEndpoints(container) : Messages.of("spoken.on", networks));
    }

    private String withoutEndpoints(Container container) {
        if (container.sharedNetns() == null) {
            return Messages.of("spoken.onNone");
        }
        Container owner = topology.netnsOwner(container);
        return owner == null ? Messages.of("picture.sharesGone") : Messages.of("picture.shares", name(owner.id()));
    }

    private String plug(Id id, Id network) {
        Container container = topology.container(id);
        Endpoint endpoint = container == null ? null : container.endpointOn(network);
        return Messages.of(
                "spoken.plug",
                name(id),
                networkName(network),
                endpoint == null || endpoint.address() == null
                        ? Messages.of("picture.noAddress")
                        : Addresses.format(endpoint.address().address()));
    }
}
