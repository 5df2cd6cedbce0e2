package dev.patchbay.app.canvas;

import dev.patchbay.app.canvas.scene.Troubles;
import dev.patchbay.app.model.Element;
import dev.patchbay.app.model.Labels;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Host;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.kernel.Listener;
import dev.patchbay.engine.net.Addresses;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One sentence per element, for a screen reader.
final class Spoken {
    private final Topology topology;
    private final List<Listener> busy;
    private final Map<Element, String> troubles;

    /// @param busy host ports of other processes
    Spoken(Topology topology, List<Listener> busy) {
        this.topology = topology;
        this.busy = busy;
        this.troubles = Troubles.of(topology);
    }

    String of(@Nullable Element element) {
        String trouble = element == null ? null : troubles.get(element);
        return trouble == null ? plainly(element) : Messages.of("spoken.problem", plainly(element), trouble);
    }

    private String plainly(@Nullable Element element) {
        return switch (element) {
            case null -> summary();
            case Element.HostPanel _ ->
                Messages.of("spoken.host", Labels.inert(topology.host().name()));
            case Element.Nic nic -> nic(nic.name());
            case Element.DropSlot _ -> Messages.of("spoken.slot");
            case Element.BusyPort held -> held(held);
            case Element.HostPort port -> port(port.port());
            case Element.PortCable cable -> port(cable.port());
            case Element.PlainNetwork plain -> network(plain.network());
            case Element.Lane lane -> network(lane.network());
            case Element.Rail rail -> network(rail.network());
            case Element.Gateway gateway -> gateway(gateway.network());
            case Element.Card card -> container(card.container());
            case Element.Pin pin -> pin(pin);
            case Element.Plug plug -> plug(plug.container(), plug.network());
            case Element.AttachmentCable cable -> plug(cable.container(), cable.network());
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
                ? Messages.of("spoken.nic", Labels.inert(name))
                : Messages.of("spoken.nicWith", Labels.inert(name), addresses);
    }

    private String held(Element.BusyPort port) {
        String owner = busy.stream()
                .filter(listener -> listener.port() == port.port() && listener.protocol() == port.protocol())
                .map(Listener::process)
                .filter(process -> !process.isEmpty())
                .findFirst()
                .orElse(Messages.of("publish.somebody"));
        return Messages.of("spoken.busy", port.port() + "/" + port.protocol(), Labels.inert(owner));
    }

    private String name(Id container) {
        Container found = topology.container(container);
        return found == null ? Messages.of("spoken.gone") : Labels.inert(found.name());
    }

    private String networkName(Id network) {
        Network found = topology.network(network);
        return found == null ? Messages.of("spoken.gone") : Labels.inert(found.name());
    }

    private String port(Id port) {
        for (Container container : topology.containers()) {
            for (PortBinding binding : container.ports()) {
                if (binding.id().equals(port)) {
                    String outside = binding.hostPorts() + "/" + binding.protocol();
                    String name = Labels.inert(container.name());
                    return binding.isEffective()
                            ? Messages.of("spoken.port", outside, binding.containerPorts(), name)
                            : Messages.of("spoken.portAsleep", outside, binding.containerPorts(), name);
                }
            }
        }
        return Messages.of("spoken.gone");
    }

    private String pin(Element.Pin pin) {
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
                        Labels.inert(network.name()),
                        network.subnet() == null ? Messages.of("picture.noAddress") : network.subnet(),
                        Messages.count(
                                "picture.containers", topology.containersOn(id).size()));
    }

    private String gateway(Id id) {
        Network network = topology.network(id);
        return network == null || network.gateway() == null
                ? Messages.of("spoken.noGateway")
                : Messages.of("spoken.gateway", Addresses.format(network.gateway()), Labels.inert(network.name()));
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
                Labels.inert(container.name()),
                container.state().name().toLowerCase(Locale.ROOT),
                Labels.inert(container.image()),
                networks.isEmpty() ? Messages.of("spoken.onNone") : Messages.of("spoken.on", networks));
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
