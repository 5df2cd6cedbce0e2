package dev.patchbay.app.network;

import dev.patchbay.app.action.ActionId;
import dev.patchbay.app.dialog.ChangeForm;
import dev.patchbay.app.dialog.ChangePreview;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.task.Tasks;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.ipam.EndpointMove;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.RefusedException;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/// Moves a container from one of its networks to another network.
public final class MoveForm implements ChangeForm {
    private final Topology topology;
    private final Container container;
    private final Network from;
    private final List<Network> networks;
    private final ObjectProperty<@Nullable Network> to = new SimpleObjectProperty<>();
    private final ChangePreview preview;

    public MoveForm(HostViewModel host, Tasks tasks, Topology topology, Container container, Network from) {
        this.topology = topology;
        this.container = container;
        this.from = from;
        networks = topology.networks().stream()
                .filter(network -> !network.configOnly()
                        && ActionId.connectObstacle(container, network).isEmpty())
                .toList();
        to.set(networks.stream().findFirst().orElse(null));
        preview = new ChangePreview(host, tasks, this::change);
        preview.watch(to);
    }

    public Container container() {
        return container;
    }

    public Network from() {
        return from;
    }

    /// The networks that it can be moved to.
    public List<Network> networks() {
        return networks;
    }

    public ObjectProperty<@Nullable Network> to() {
        return to;
    }

    /// What the container keeps and loses with the move.
    public StringBinding consequences() {
        return Bindings.createStringBinding(
                () -> {
                    Network chosen = to.get();
                    return chosen != null && losesAliases(chosen)
                            ? Messages.of("move.withoutAliases", chosen.name(), from.name())
                            : Messages.of("move.remark", from.name());
                },
                to);
    }

    private boolean losesAliases(Network chosen) {
        Endpoint endpoint = container.endpointOn(from.id());
        return chosen.predefined()
                && endpoint != null
                && !endpoint.config().aliases().isEmpty();
    }

    @Override
    public @Nullable Change change() {
        Network chosen = to.get();
        if (chosen == null) {
            return null;
        }
        try {
            return EndpointMove.of(topology, container, from, chosen);
        } catch (RefusedException e) {
            return null; // the networks of the choice do not have the container
        }
    }

    @Override
    public ChangePreview preview() {
        return preview;
    }
}
