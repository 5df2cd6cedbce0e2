package dev.patchbay.app.inspector;

import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.hosts.Notice;
import dev.patchbay.app.model.Ports;
import dev.patchbay.app.model.Selected;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.host.NetworkController;
import dev.patchbay.core.host.UnknownObjectException;
import dev.patchbay.core.inspect.InspectParser;
import dev.patchbay.core.model.EquivalentCommand;
import dev.patchbay.core.model.Manager;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Id;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;

/// What is known of the selection: its overview, and Docker's inspect document while somebody looks at it.
public final class InspectorViewModel {
    private final HostViewModel host;
    private final ObjectProperty<Selected> selected;
    private final ReadOnlyObjectWrapper<@Nullable Overview> overview = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable JsonDocument> document = new ReadOnlyObjectWrapper<>();
    private final BooleanProperty jsonShown = new SimpleBooleanProperty();
    private int generation;

    public InspectorViewModel(HostViewModel host, ObjectProperty<Selected> selected) {
        this.host = host;
        this.selected = selected;
        host.topology().subscribe(this::refresh);
        selected.subscribe(this::refresh);
        jsonShown.subscribe(this::readJson);
    }

    /// Null when nothing is selected.
    public ReadOnlyObjectProperty<@Nullable Overview> overview() {
        return overview.getReadOnlyProperty();
    }

    /// As `docker inspect` prints it; null when the selection has none, and until it was read.
    public ReadOnlyObjectProperty<@Nullable JsonDocument> document() {
        return document.getReadOnlyProperty();
    }

    /// The document is read only while this is true.
    public BooleanProperty jsonShown() {
        return jsonShown;
    }

    public ObjectProperty<Selected> selected() {
        return selected;
    }

    /// A file name for something about the selection, as `mydockernet.json`.
    ///
    /// @param ending with its dot
    public String exportName(String ending) {
        Overview about = overview.get();
        return (about == null ? "inspect" : about.title().replaceAll("[^A-Za-z0-9_.-]+", "-")) + ending;
    }

    /// The selection has an inspect document: a network or a container, or the container of a port.
    public boolean inspectable() {
        return inspectedObject() != null;
    }

    /// Reads the document now and hands it over; a failure becomes a notice.
    public void export(Consumer<String> written) {
        Inspected object = inspectedObject();
        if (object != null) {
            host.ask(
                    controller -> read(controller, object),
                    read -> read.map(JsonDocument::text).ifPresent(written),
                    refusal -> host.say(Notice.error(refusal)));
        }
    }

    /// The command that would make the selection as it is now; a failure, or that nothing makes it, becomes
    /// a notice.
    public void command(Consumer<String> written) {
        Inspected object = inspectedObject();
        Manager who = wiring();
        if (object != null) {
            host.ask(
                    controller -> making(controller, object, who),
                    command ->
                            command.ifPresentOrElse(written, () -> host.say(Notice.done(Messages.of("command.none")))),
                    refusal -> host.say(Notice.error(refusal)));
        }
    }

    /// Who wires the network that is selected, if one is.
    private Manager wiring() {
        Topology topology = host.topology().get();
        return topology != null
                        && selected.get() instanceof Selected.NetworkSelected(Id id)
                        && topology.network(id) instanceof Network network
                        && network.attached()
                ? Manager.PATCHBAY
                : Manager.HOST_DEFAULT;
    }

    private static Optional<String> making(NetworkController controller, Inspected object, Manager who)
            throws EngineException {
        try {
            return object.network()
                    ? InspectParser.network(controller.inspectNetwork(object.id()))
                            .map(create -> EquivalentCommand.of(create.managedBy(who)))
                    : Optional.of(
                            EquivalentCommand.of(InspectParser.container(controller.inspectContainer(object.id()))));
        } catch (UnknownObjectException gone) {
            return Optional.empty();
        }
    }

    private void refresh() {
        Topology topology = host.topology().get();
        overview.set(topology == null ? null : Overviews.of(topology, selected.get()));
        readJson();
    }

    private record Inspected(boolean network, String id) {}

    private @Nullable Inspected inspectedObject() {
        Topology topology = host.topology().get();
        if (topology == null) {
            return null;
        }
        return switch (selected.get()) {
            case Selected.Nothing _, Selected.HostSelected _ -> null;
            case Selected.NetworkSelected(var id) -> new Inspected(true, id.value());
            case Selected.ContainerSelected(var id) -> new Inspected(false, id.value());
            case Selected.PortSelected(var id) -> {
                Ports.Published published = Ports.published(topology, id);
                yield published == null
                        ? null
                        : new Inspected(false, published.container().id().value());
            }
        };
    }

    private void readJson() {
        int asked = ++generation;
        Inspected object = inspectedObject();
        if (object == null) {
            document.set(null);
            return;
        }
        if (jsonShown.get()) {
            host.ask(
                    controller -> read(controller, object),
                    read -> {
                        if (asked == generation) {
                            document.set(read.orElse(null));
                        }
                    },
                    // That the host does not answer is said across the window.
                    _ -> {});
        }
    }

    /// Empty when it was removed between the selection and this answer; the next picture clears the
    /// selection.
    private static Optional<JsonDocument> read(NetworkController controller, Inspected object) throws EngineException {
        try {
            return Optional.of(JsonDocument.of(
                    object.network()
                            ? controller.inspectNetwork(object.id())
                            : controller.inspectContainer(object.id())));
        } catch (UnknownObjectException gone) {
            return Optional.empty();
        }
    }
}
