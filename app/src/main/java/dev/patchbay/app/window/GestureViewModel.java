package dev.patchbay.app.window;

import dev.patchbay.app.canvas.drag.Intent;
import dev.patchbay.app.canvas.drag.Note;
import dev.patchbay.app.dialog.DecidedForm;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.model.Labels;
import dev.patchbay.app.model.Ports;
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

/// Says what a gesture would do to the host while it is under way: what is known at once, then what the host answers.
public final class GestureViewModel {
    private final HostViewModel host;
    private final BusyPortsViewModel busy;
    private final ReadOnlyObjectWrapper<@Nullable Note> note = new ReadOnlyObjectWrapper<>();
    private int generation;

    public GestureViewModel(HostViewModel host, BusyPortsViewModel busy) {
        this.host = host;
        this.busy = busy;
    }

    private record Answer(Outcome preview, Optional<Cidr> address) {}

    /// What to say beside the pointer; null while there is nothing to say.
    public ReadOnlyObjectProperty<@Nullable Note> note() {
        return note.getReadOnlyProperty();
    }

    /// @param intent null when nothing would happen
    public void aim(@Nullable Intent intent) {
        generation++;
        Topology topology = host.topology().get();
        note.set(
                topology == null
                        ? null
                        : switch (intent) {
                            case null -> null;
                            case Intent.MoveCard _ -> new Note(Messages.of("drag.move"), List.of(), false);
                            case Intent.MoveLane _ -> new Note(Messages.of("drag.move"), List.of(), false);
                            case Intent.Connect(Id container, Id network) ->
                                connect(topology.container(container), topology.network(network));
                            case Intent.Disconnect(Id container, Id network) ->
                                disconnect(topology.container(container), topology.network(network));
                            case Intent.Publish publish -> publish(topology, publish);
                            case Intent.Unpublish(Id port) -> unpublish(Ports.published(topology, port));
                        });
    }

    private @Nullable Note connect(@Nullable Container container, @Nullable Network network) {
        if (container == null || network == null) {
            return null;
        }
        String title = Messages.of("drag.connect", Labels.inert(container.name()), Labels.inert(network.name()));
        Change change = new Change.Connect(container.name(), EndpointRequest.on(network.name()));
        int asked = generation;
        note.set(new Note(title, List.of(Messages.of("drag.asking"), route(container, network)), false)
                .equalling(command(change, network)));
        host.ask(
                controller -> new Answer(controller.preview(change), controller.proposeAddress(network.name())),
                answer -> {
                    if (asked == generation) {
                        note.set(answered(title, command(change, network), answer, container, network));
                    }
                },
                refusal -> {
                    if (asked == generation) {
                        note.set(new Note(title, List.of(Labels.harmless(RefusalText.of(refusal))), true));
                    }
                });
        // The answer may be there already.
        return note.get();
    }

    private static Note answered(String title, String command, Answer answer, Container container, Network network) {
        return switch (answer.preview) {
            case Outcome.Refused(var refusal) ->
                new Note(title, List.of(Labels.harmless(RefusalText.of(refusal))), true);
            case Outcome.Done _ -> {
                List<String> lines = new ArrayList<>();
                answer.address.ifPresent(address -> lines.add(
                        network.gateway() == null
                                ? Addresses.format(address.address())
                                : Messages.of(
                                        "drag.address",
                                        Addresses.format(address.address()),
                                        Addresses.format(network.gateway()))));
                lines.add(route(container, network));
                yield new Note(title, lines, false)
                        .equalling(command)
                        .withPlug(answer.address
                                .map(address -> Labels.inSubnet(address.address(), network.subnet()))
                                .orElse(""));
            }
        };
    }

    private static String route(Container container, Network network) {
        if (container.endpoints().stream().anyMatch(Endpoint::defaultRoute)) {
            return Messages.of("drag.route.stays");
        }
        return network.internal() ? Messages.of("drag.route.none") : Messages.of("drag.route.here");
    }

    private static @Nullable Note disconnect(@Nullable Container container, @Nullable Network network) {
        if (container == null || network == null) {
            return null;
        }
        List<String> stops = DecidedForm.whatStops(network, container);
        return new Note(
                        Messages.of("drag.disconnect", Labels.inert(container.name()), Labels.inert(network.name())),
                        stops.isEmpty()
                                ? List.of(Messages.of("drag.stops.nothing"))
                                : stops.stream().map(Labels::harmless).toList(),
                        false)
                .equalling(command(new Change.Disconnect(network.name(), container.name()), network));
    }

    /// An engine does not know of a network beside it.
    private static String command(Change change, Network network) {
        return network.attached() ? EquivalentCommand.ofAttached(change) : EquivalentCommand.of(change);
    }

    private @Nullable Note publish(Topology topology, Intent.Publish publish) {
        Container container = topology.container(publish.container());
        if (container == null) {
            return null;
        }
        int port = PublishForm.freeHostPort(topology, busy.ports().get(), publish.port());
        PortMapping mapping = PortMapping.of(
                PublishForm.LOOPBACK,
                port,
                publish.port().port(),
                publish.port().protocol());
        return new Note(
                        Messages.of("drag.publish", publish.port(), Labels.inert(container.name())),
                        List.of(
                                Messages.of("drag.publish.where", String.valueOf(port)),
                                Messages.of("drag.publish.letGo")),
                        false)
                .equalling(EquivalentCommand.of(new Change.Publish(container.name(), mapping)));
    }

    private static @Nullable Note unpublish(Ports.@Nullable Published published) {
        return published == null
                ? null
                : new Note(
                                Messages.of("drag.unpublish", Ports.hostSide(published.port())),
                                List.of(Messages.of(
                                        "drag.unpublish.stops",
                                        published.port().containerPortText(),
                                        Labels.inert(published.container().name()))),
                                false)
                        .equalling(EquivalentCommand.of(published.unpublish()));
    }
}
