package dev.patchbay.app.action;

import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.SafeText;
import dev.patchbay.app.model.Selection;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PublishedPort;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.ExposedPort;
import java.util.List;
import javafx.geometry.Point2D;
import org.jspecify.annotations.Nullable;

/// The objects that an action is applied to, looked up once: the selected ones, those of the element
/// under the pointer, or those of a drop.
///
/// @param topology null until the host has answered for the first time
/// @param pin the exposed port to publish; null to propose one
/// @param place where a dialog of the action opens on the canvas; null for its usual place
public record ActionTarget(
        @Nullable Topology topology,
        Selection selection,
        @Nullable Container container,
        @Nullable Network network,
        @Nullable PublishedPort port,
        @Nullable ExposedPort pin,
        @Nullable Point2D place) {
    public static final ActionTarget NONE = new ActionTarget(null, new Selection.None(), null, null, null, null, null);

    public static ActionTarget of(@Nullable Topology topology, Selection selection) {
        PublishedPort port =
                topology != null && selection instanceof Selection.OfPort(var id) ? topology.port(id) : null;
        Container container = topology != null && selection instanceof Selection.OfContainer(var id)
                ? topology.container(id)
                : port == null ? null : port.container();
        Network network =
                topology != null && selection instanceof Selection.OfNetwork(var id) ? topology.network(id) : null;
        return new ActionTarget(topology, selection, container, network, port, null, null);
    }

    /// The endpoint of a plug or cable, or the port of a pin; null for an element without an action of
    /// its own.
    public static @Nullable ActionTarget ofPart(Topology topology, @Nullable CanvasElement element) {
        return switch (element) {
            case CanvasElement.Plug(var container, var network) -> of(topology, container, network);
            case CanvasElement.AttachmentCable(var container, var network) -> of(topology, container, network);
            case CanvasElement.Pin(var container, var port) ->
                of(topology, new Selection.OfContainer(container)).withPin(port, null);
            case null, default -> null;
        };
    }

    /// A container and a network, joined or to be joined.
    public static ActionTarget of(Topology topology, Id container, Id network) {
        return of(topology, new Selection.OfContainer(container)).with(topology.network(network));
    }

    private ActionTarget with(@Nullable Network other) {
        return new ActionTarget(topology, selection, container, other, port, pin, place);
    }

    private ActionTarget with(PublishedPort other) {
        return new ActionTarget(topology, selection, other.container(), network, other, pin, place);
    }

    public ActionTarget withPin(ExposedPort other, @Nullable Point2D position) {
        return new ActionTarget(topology, selection, container, network, port, other, position);
    }

    /// One target for each network of the container, while no network is chosen.
    List<ActionTarget> endpoints() {
        if (topology == null || container == null || network != null) {
            return List.of(this);
        }
        List<ActionTarget> each = container.endpoints().stream()
                .map(endpoint -> with(topology.network(endpoint.network())))
                .filter(target -> target.network() != null)
                .toList();
        return each.isEmpty() ? List.of(this) : each;
    }

    /// One target for each published port of the container, while no port is chosen.
    List<ActionTarget> ports() {
        Container of = container;
        if (of == null || port != null || of.ports().isEmpty()) {
            return List.of(this);
        }
        return of.ports().stream()
                .map(binding -> with(new PublishedPort(of, binding)))
                .toList();
    }

    /// The name of the object; empty without an object.
    public String name() {
        if (container != null) {
            return SafeText.escapeAndShorten(container.name());
        }
        return network == null ? "" : SafeText.escapeAndShorten(network.name());
    }
}
