package dev.patchbay.app.inspector;

import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.hosts.Notification;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.text.DisplayFormat;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.core.inspect.InspectParser;
import dev.patchbay.core.model.EquivalentCommand;
import dev.patchbay.core.model.Manager;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PublishedPort;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.RefusedException;
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

/// Details of the selected object: its overview and, while it is shown, Docker's inspect document.
public final class InspectorViewModel {
    private final HostViewModel host;
    private final ObjectProperty<Selection> selected;
    private final ReadOnlyObjectWrapper<@Nullable Overview> overview = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable JsonDocument> document = new ReadOnlyObjectWrapper<>();
    private final BooleanProperty jsonShown = new SimpleBooleanProperty();
    private int generation;

    public InspectorViewModel(HostViewModel host, ObjectProperty<Selection> selected) {
        this.host = host;
        this.selected = selected;
        host.topology().subscribe(this::refresh);
        selected.subscribe(this::refresh);
        jsonShown.subscribe(this::readJson);
    }

    /// Null without a selection.
    public ReadOnlyObjectProperty<@Nullable Overview> overview() {
        return overview.getReadOnlyProperty();
    }

    /// The document as `docker inspect` prints it; null when the object has none, and until it is read.
    public ReadOnlyObjectProperty<@Nullable JsonDocument> document() {
        return document.getReadOnlyProperty();
    }

    /// The document is read only while this is true.
    public BooleanProperty jsonShown() {
        return jsonShown;
    }

    public ObjectProperty<Selection> selected() {
        return selected;
    }

    /// A file name for an export of the selection, as `mydockernet.json`.
    ///
    /// @param ending with its dot
    public String exportName(String ending) {
        Overview about = overview.get();
        return DisplayFormat.fileName(about == null ? "inspect" : about.title(), ending);
    }

    /// Whether the selected object has an inspect document: a network, a container, or the container of
    /// a port.
    public boolean inspectable() {
        return inspectedObject() != null;
    }

    /// Reads the document now and passes it on; a failure becomes a notification.
    public void export(Consumer<String> written) {
        InspectTarget object = inspectedObject();
        if (object != null) {
            host.ask(
                    connected -> readDocument(connected, object),
                    read -> read.map(JsonDocument::text).ifPresent(written),
                    refusal -> host.showNotification(Notification.error(refusal)));
        }
    }

    /// Passes on the command that would create the selected object; a failure, or that there is no such
    /// command, becomes a notification.
    public void createCommand(Consumer<String> written) {
        InspectTarget object = inspectedObject();
        Manager manager = manager();
        if (object != null) {
            host.ask(
                    connected -> createCommandOf(connected, object, manager),
                    command -> command.ifPresentOrElse(
                            written, () -> host.showNotification(Notification.done(Messages.of("command.none")))),
                    refusal -> host.showNotification(Notification.error(refusal)));
        }
    }

    /// The manager of the selected network; without one the default of the host.
    private Manager manager() {
        Topology topology = host.topology().get();
        return topology != null
                        && selected.get() instanceof Selection.OfNetwork(Id id)
                        && topology.network(id) instanceof Network network
                        && network.attached()
                ? Manager.PATCHBAY
                : Manager.HOST_DEFAULT;
    }

    private static Optional<String> createCommandOf(ConnectedHost connected, InspectTarget object, Manager manager)
            throws EngineException {
        try {
            return object.network()
                    ? InspectParser.network(connected.inspectNetwork(object.id()))
                            .map(create -> EquivalentCommand.of(create.managedBy(manager)))
                    : Optional.of(EquivalentCommand.withValues(
                            InspectParser.container(connected.inspectContainer(object.id()))));
        } catch (RefusedException gone) {
            return Optional.empty();
        }
    }

    private void refresh() {
        Topology topology = host.topology().get();
        overview.set(topology == null ? null : OverviewFactory.of(topology, selected.get()));
        readJson();
    }

    private record InspectTarget(boolean network, String id) {}

    private @Nullable InspectTarget inspectedObject() {
        Topology topology = host.topology().get();
        if (topology == null) {
            return null;
        }
        return switch (selected.get()) {
            case Selection.None _, Selection.OfHost _ -> null;
            case Selection.OfNetwork(var id) -> new InspectTarget(true, id.value());
            case Selection.OfContainer(var id) -> new InspectTarget(false, id.value());
            case Selection.OfPort(var id) -> {
                PublishedPort published = topology.port(id);
                yield published == null
                        ? null
                        : new InspectTarget(false, published.container().id().value());
            }
        };
    }

    private void readJson() {
        int asked = ++generation;
        InspectTarget object = inspectedObject();
        if (object == null) {
            document.set(null);
            return;
        }
        if (jsonShown.get()) {
            host.ask(
                    connected -> readDocument(connected, object),
                    read -> {
                        if (asked == generation) {
                            document.set(read.orElse(null));
                        }
                    },
                    // The window already shows that the host does not answer.
                    _ -> {});
        }
    }

    /// Empty when the object was removed before this answer; the next topology clears the selection.
    private static Optional<JsonDocument> readDocument(ConnectedHost connected, InspectTarget object)
            throws EngineException {
        try {
            return Optional.of(JsonDocument.of(
                    object.network()
                            ? connected.inspectNetwork(object.id())
                            : connected.inspectContainer(object.id())));
        } catch (RefusedException gone) {
            return Optional.empty();
        }
    }
}
