package dev.patchbay.app.window;

import dev.patchbay.app.canvas.drag.DragTooltip;
import dev.patchbay.app.canvas.drag.DropAction;
import dev.patchbay.app.dialog.ConfirmForm;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.model.SafeText;
import dev.patchbay.app.publish.BusyPortsViewModel;
import dev.patchbay.app.publish.PublishForm;
import dev.patchbay.app.text.Messages;
import dev.patchbay.app.text.RefusalText;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.EquivalentCommand;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Outcome;
import dev.patchbay.core.model.PortMapping;
import dev.patchbay.core.model.PublishedPort;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// The tooltip of a drag: what a drop would do to the host. It shows first what the window knows, then
/// what the host answers to a preview.
public final class DragViewModel {
    private final HostViewModel host;
    private final BusyPortsViewModel busyPorts;
    private final ReadOnlyObjectWrapper<@Nullable DragTooltip> tooltip = new ReadOnlyObjectWrapper<>();
    private int generation;

    public DragViewModel(HostViewModel host, BusyPortsViewModel busy) {
        this.host = host;
        this.busyPorts = busy;
    }

    private record ConnectPreview(Outcome preview, Optional<Cidr> address) {}

    /// The tooltip beside the pointer; null for none.
    public ReadOnlyObjectProperty<@Nullable DragTooltip> tooltip() {
        return tooltip.getReadOnlyProperty();
    }

    /// Shows why a drop is not possible here.
    public void refuseDrop(String sentence) {
        generation++;
        tooltip.set(new DragTooltip(sentence, List.of(), true));
    }

    /// @param intent what a drop here would do; null when it would do nothing
    public void previewDrop(@Nullable DropAction intent) {
        generation++;
        Topology topology = host.topology().get();
        tooltip.set(
                topology == null
                        ? null
                        : switch (intent) {
                            case null -> null;
                            case DropAction.MoveCard _ -> new DragTooltip(Messages.of("drag.move"), List.of(), false);
                            case DropAction.MoveLane _ -> new DragTooltip(Messages.of("drag.move"), List.of(), false);
                            case DropAction.Connect(Id container, Id network) ->
                                connect(topology.container(container), topology.network(network));
                            case DropAction.Disconnect(Id container, Id network) ->
                                disconnect(topology.container(container), topology.network(network));
                            case DropAction.Publish publish -> publish(topology, publish);
                            case DropAction.Unpublish(Id port) -> unpublish(topology.port(port));
                        });
    }

    private @Nullable DragTooltip connect(@Nullable Container container, @Nullable Network network) {
        if (container == null || network == null) {
            return null;
        }
        String title = Messages.of(
                "drag.connect", SafeText.escapeAndShorten(container.name()), SafeText.escapeAndShorten(network.name()));
        Change change = new Change.Connect(container.name(), EndpointRequest.on(network.name()));
        int asked = generation;
        tooltip.set(new DragTooltip(title, List.of(Messages.of("drag.asking"), routeText(container, network)), false)
                .withCommand(command(change, network)));
        host.ask(
                connected -> new ConnectPreview(connected.preview(change), connected.proposeAddress(network.name())),
                answer -> {
                    if (asked == generation) {
                        tooltip.set(connectTooltip(title, command(change, network), answer, container, network));
                    }
                },
                refusal -> {
                    if (asked == generation) {
                        tooltip.set(new DragTooltip(title, List.of(SafeText.escape(RefusalText.of(refusal))), true));
                    }
                });
        // The preview may have answered already.
        return tooltip.get();
    }

    private static DragTooltip connectTooltip(
            String title, String command, ConnectPreview answer, Container container, Network network) {
        return switch (answer.preview) {
            case Outcome.Refused(var refusal) ->
                new DragTooltip(title, List.of(SafeText.escape(RefusalText.of(refusal))), true);
            case Outcome.Done _ -> {
                List<String> lines = new ArrayList<>();
                answer.address.ifPresent(address -> lines.add(
                        network.gateway() == null
                                ? Addresses.format(address.address())
                                : Messages.of(
                                        "drag.address",
                                        Addresses.format(address.address()),
                                        Addresses.format(network.gateway()))));
                lines.add(routeText(container, network));
                yield new DragTooltip(title, lines, false)
                        .withCommand(command)
                        .withPlugLabel(answer.address
                                .map(address -> SafeText.addressInSubnet(address.address(), network.subnet()))
                                .orElse(""));
            }
        };
    }

    private static String routeText(Container container, Network network) {
        if (container.endpoints().stream().anyMatch(Endpoint::defaultRoute)) {
            return Messages.of("drag.route.stays");
        }
        return network.internal() ? Messages.of("drag.route.none") : Messages.of("drag.route.here");
    }

    private static @Nullable DragTooltip disconnect(@Nullable Container container, @Nullable Network network) {
        if (container == null || network == null) {
            return null;
        }
        List<String> stops = ConfirmForm.disconnectConsequences(network, container);
        return new DragTooltip(
                        Messages.of(
                                "drag.disconnect",
                                SafeText.escapeAndShorten(container.name()),
                                SafeText.escapeAndShorten(network.name())),
                        stops.isEmpty()
                                ? List.of(Messages.of("drag.stops.nothing"))
                                : stops.stream().map(SafeText::escape).toList(),
                        false)
                .withCommand(command(new Change.Disconnect(network.name(), container.name()), network));
    }

    /// Docker's command names only networks that the engine has; Patchbay keeps this one beside it.
    private static String command(Change change, Network network) {
        return network.attached() ? EquivalentCommand.ofAttached(change) : EquivalentCommand.of(change);
    }

    private @Nullable DragTooltip publish(Topology topology, DropAction.Publish publish) {
        Container container = topology.container(publish.container());
        if (container == null) {
            return null;
        }
        int port = PublishForm.freeHostPort(topology, busyPorts.ports().get(), publish.port());
        PortMapping mapping = PortMapping.of(
                PublishForm.LOOPBACK,
                port,
                publish.port().port(),
                publish.port().protocol());
        return new DragTooltip(
                        Messages.of("drag.publish", publish.port(), SafeText.escapeAndShorten(container.name())),
                        List.of(
                                Messages.of("drag.publish.where", String.valueOf(port)),
                                Messages.of("drag.publish.letGo")),
                        false)
                .withCommand(EquivalentCommand.of(new Change.Publish(container.name(), mapping)));
    }

    private static @Nullable DragTooltip unpublish(@Nullable PublishedPort published) {
        return published == null
                ? null
                : new DragTooltip(
                                Messages.of("drag.unpublish", published.port().hostSide()),
                                List.of(Messages.of(
                                        "drag.unpublish.stops",
                                        published.port().containerPortText(),
                                        SafeText.escapeAndShorten(
                                                published.container().name()))),
                                false)
                        .withCommand(EquivalentCommand.of(published.unpublish()));
    }
}
