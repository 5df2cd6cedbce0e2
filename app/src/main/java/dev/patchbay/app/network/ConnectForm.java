package dev.patchbay.app.network;

import dev.patchbay.app.dialog.ChangeForm;
import dev.patchbay.app.dialog.ChangePreview;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.task.Tasks;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// Connects a container and a network. One of the two is given.
public final class ConnectForm implements ChangeForm {
    private final List<Network> networks;
    private final List<Container> containers;
    private final ObjectProperty<@Nullable Network> network = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Container> container = new SimpleObjectProperty<>();
    private final StringProperty address = new SimpleStringProperty("");
    private final ChangePreview preview;

    private ConnectForm(HostViewModel host, Tasks tasks, List<Network> networks, List<Container> containers) {
        this.networks = networks;
        this.containers = containers;
        network.set(networks.stream().findFirst().orElse(null));
        container.set(containers.stream().findFirst().orElse(null));
        preview = new ChangePreview(host, tasks, this::change);
        preview.watch(network, container, address);
    }

    /// The container is given; the person chooses from the networks that it is not connected to.
    public static ConnectForm of(HostViewModel host, Tasks tasks, Topology topology, Container container) {
        return new ConnectForm(
                host,
                tasks,
                topology.networks().stream()
                        .filter(network ->
                                network.driver().hasEndpoints() && container.endpointOn(network.id()) == null)
                        .toList(),
                List.of(container));
    }

    /// The network is given; the person chooses from the containers that are not connected to it.
    public static ConnectForm of(HostViewModel host, Tasks tasks, Topology topology, Network network) {
        return new ConnectForm(
                host,
                tasks,
                List.of(network),
                topology.containers().stream()
                        .filter(container -> container.endpointOn(network.id()) == null)
                        .toList());
    }

    public List<Network> networks() {
        return networks;
    }

    public List<Container> containers() {
        return containers;
    }

    public ObjectProperty<@Nullable Network> network() {
        return network;
    }

    public ObjectProperty<@Nullable Container> container() {
        return container;
    }

    /// Empty for the next free address.
    public StringProperty address() {
        return address;
    }

    @Override
    public @Nullable Change change() {
        Network to = network.get();
        Container who = container.get();
        String wanted = address.get().strip();
        return to == null || who == null
                ? null
                : new Change.Connect(
                        who.name(), EndpointRequest.on(to.name()).withAddress(wanted.isEmpty() ? null : wanted));
    }

    @Override
    public ChangePreview preview() {
        return preview;
    }
}
