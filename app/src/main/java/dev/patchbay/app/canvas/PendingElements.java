package dev.patchbay.app.canvas;

import dev.patchbay.app.canvas.scene.PendingElement;
import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.SafeText;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/// The effect of pending changes on the canvas.
final class PendingElements {
    private static final String DEFAULT_NETWORK = "bridge";

    private PendingElements() {}

    static List<PendingElement> of(List<Change> changes, Topology topology) {
        return changes.stream().flatMap(change -> of(change, topology)).toList();
    }

    private static Stream<PendingElement> of(Change change, Topology topology) {
        return switch (change) {
            case Change.CreateNetwork create ->
                Stream.of(new PendingElement.NewLane(SafeText.escapeAndShorten(create.name())));
            case Change.RemoveNetwork remove ->
                network(remove.network(), topology).stream()
                        .map(network -> new PendingElement.Outline(new CanvasElement.Lane(network.id())));
            case Change.Connect connect ->
                forEndpoint(connect.container(), connect.endpoint().network(), topology, PendingElement.Cable::new);
            case Change.PruneNetworks _, Change.PruneContainers _ -> Stream.of();
            case Change.UpdateNetwork update ->
                network(update.network(), topology).stream()
                        .map(network -> new PendingElement.Outline(new CanvasElement.Lane(network.id())));
            case Change.Disconnect disconnect ->
                forEndpoint(
                        disconnect.container(),
                        disconnect.network(),
                        topology,
                        (container, network) -> new PendingElement.Outline(new CanvasElement.Plug(container, network)));
            case Change.RunContainer run -> {
                String name = Objects.requireNonNullElse(run.name(), run.image());
                String first = run.networks().isEmpty()
                        ? DEFAULT_NETWORK
                        : run.networks().getFirst().network();
                yield network(first, topology).stream()
                        .map(network -> new PendingElement.NewCard(network.id(), SafeText.escapeAndShorten(name)));
            }
            case Change.StartContainer start -> aroundCard(start.container(), topology);
            case Change.StopContainer stop -> aroundCard(stop.container(), topology);
            case Change.RestartContainer restart -> aroundCard(restart.container(), topology);
            case Change.RenameContainer rename -> aroundCard(rename.container(), topology);
            case Change.UpdateAliases update -> aroundCard(update.container(), topology);
            case Change.UpdateContainer update -> aroundCard(update.container(), topology);
            case Change.RemoveContainer remove -> aroundCard(remove.container(), topology);
            case Change.Publish publish ->
                Stream.concat(
                        Stream.of(new PendingElement.Outline(new CanvasElement.DropSlot())),
                        aroundCard(publish.container(), topology));
            case Change.Unpublish unpublish -> aroundJacks(unpublish, topology);
            case Change.Republish(Change.Unpublish old, PortMapping _) -> aroundJacks(old, topology);
            case Change.Recreate(Change.PortChange ports) ->
                Stream.concat(of(ports, topology), aroundCard(ports.container(), topology));
            case Change.Batch(List<String> _, List<Change> parts) ->
                parts.stream().flatMap(part -> of(part, topology));
        };
    }

    private static Stream<PendingElement> forEndpoint(
            String container, String network, Topology topology, BiFunction<Id, Id, PendingElement> ghost) {
        return container(container, topology).stream()
                .flatMap(one -> network(network, topology).stream().map(other -> ghost.apply(one.id(), other.id())));
    }

    private static Stream<PendingElement> aroundCard(String name, Topology topology) {
        return container(name, topology).stream()
                .map(container -> new PendingElement.Outline(new CanvasElement.Card(container.id())));
    }

    private static Stream<PendingElement> aroundJacks(Change.Unpublish change, Topology topology) {
        return container(change.container(), topology).stream()
                .flatMap(container -> container.ports().stream())
                .filter(port -> change.hostPorts() == null || change.hostPorts().overlaps(port.hostPorts()))
                .map(PortBinding::id)
                .map(port -> new PendingElement.Outline(new CanvasElement.HostPort(port)));
    }

    private static Optional<Container> container(String name, Topology topology) {
        return topology.containers().stream()
                .filter(container ->
                        container.name().equals(name) || container.id().value().startsWith(name))
                .findFirst();
    }

    private static Optional<Network> network(String name, Topology topology) {
        return topology.networks().stream()
                .filter(network ->
                        network.name().equals(name) || network.id().value().startsWith(name))
                .findFirst();
    }
}
