package dev.patchbay.app.window;

import dev.patchbay.app.action.ActionCatalogue;
import dev.patchbay.app.action.ActionId;
import dev.patchbay.app.action.ActionTarget;
import dev.patchbay.app.container.RenameDialog;
import dev.patchbay.app.container.RenameForm;
import dev.patchbay.app.container.RunContainerDialog;
import dev.patchbay.app.container.RunContainerForm;
import dev.patchbay.app.dialog.ConfirmDialog;
import dev.patchbay.app.dialog.ConfirmForm;
import dev.patchbay.app.dialog.DialogLayer;
import dev.patchbay.app.export.OpenFilePrompt;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.hosts.Notification;
import dev.patchbay.app.network.ConnectDialog;
import dev.patchbay.app.network.ConnectForm;
import dev.patchbay.app.network.MoveDialog;
import dev.patchbay.app.network.MoveForm;
import dev.patchbay.app.network.NetworkDialog;
import dev.patchbay.app.network.NetworkEditForm;
import dev.patchbay.app.network.NetworkForm;
import dev.patchbay.app.network.SubnetDialog;
import dev.patchbay.app.network.SubnetForm;
import dev.patchbay.app.publish.PublishDialog;
import dev.patchbay.app.publish.PublishForm;
import dev.patchbay.app.publish.RecreateDialog;
import dev.patchbay.app.publish.RepublishDialog;
import dev.patchbay.app.publish.RepublishForm;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.compose.ComposeFile;
import dev.patchbay.core.compose.Project;
import dev.patchbay.core.compose.ProjectReadResult;
import dev.patchbay.core.compose.difference.ComposeGoal;
import dev.patchbay.core.compose.difference.ProjectDifference;
import dev.patchbay.core.host.ConnectedHost;
import dev.patchbay.core.host.HostCapability;
import dev.patchbay.core.ipam.EndpointMove;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.EquivalentCommand;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PublishedPort;
import dev.patchbay.core.model.Topology;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.container.StopMode;
import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.geometry.Point2D;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.jspecify.annotations.Nullable;

/// The effects of the actions on the host. An action that can be undone and needs no more input is done
/// at once. An action that needs input, or that stops something else, opens a dialog.
final class WindowActions {
    private final WindowViewModel model;
    private final DialogLayer dialogs;
    private final OpenFilePrompt files;

    WindowActions(WindowViewModel model, DialogLayer dialogs, OpenFilePrompt files) {
        this.model = model;
        this.dialogs = dialogs;
        this.files = files;
    }

    void register(ActionCatalogue catalogue) {
        catalogue.register(
                ActionId.NEW_NETWORK,
                () -> dialogs.show(NetworkDialog.of(model.drafts().restore(new NetworkForm(host(), model.tasks())))));
        catalogue.register(
                ActionId.RUN_CONTAINER,
                target -> dialogs.show(RunContainerDialog.of(
                        model.drafts().restore(new RunContainerForm(host(), model.tasks(), target.network())))));
        catalogue.register(ActionId.CONNECT, this::connect);
        catalogue.register(ActionId.DISCONNECT, this::disconnect);
        catalogue.register(ActionId.MOVE, this::move);
        catalogue.register(ActionId.GATEWAY, this::chooseGateway);
        catalogue.register(ActionId.PUBLISH, this::publish);
        catalogue.register(ActionId.UNPUBLISH, this::unpublish);
        catalogue.register(ActionId.REPUBLISH, this::republish);
        onContainer(catalogue, ActionId.START, container -> host().apply(new Change.StartContainer(container.name())));
        onContainer(catalogue, ActionId.STOP, container -> host().apply(new Change.StopContainer(container.name())));
        onContainer(
                catalogue,
                ActionId.RESTART,
                container -> host().apply(new Change.RestartContainer(container.name(), StopMode.GRACEFUL)));
        onContainer(
                catalogue,
                ActionId.RENAME,
                container -> dialogs.show(RenameDialog.of(
                        model.drafts().restore(new RenameForm(host(), model.tasks(), container), container.id()),
                        container)));
        catalogue.register(ActionId.EDIT_NETWORK, target -> {
            Network network = target.network();
            if (network != null) {
                dialogs.show(NetworkDialog.of(
                        model.drafts().restore(new NetworkEditForm(host(), model.tasks(), network), network.id())));
            }
        });
        catalogue.register(ActionId.SUBNET, target -> {
            Topology topology = host().topology().get();
            Network network = target.network();
            if (topology != null && network != null) {
                dialogs.show(SubnetDialog.of(new SubnetForm(host(), model.tasks(), topology, network)));
            }
        });
        catalogue.register(ActionId.REMOVE, this::remove);
        catalogue.register(ActionId.UNDO, model.undo()::undo);
        catalogue.register(ActionId.REDO, model.undo()::redo);
        catalogue.register(
                ActionId.REPAIR,
                ActionId.REPAIR::words,
                model.problems().repairObstacle()::get,
                model.problems()::repair);
        catalogue.register(ActionId.COMPOSE, this::applyCompose);
        catalogue.register(ActionId.COPY_CREATE_COMMAND, () -> model.inspector().createCommand(this::copy));
        catalogue.register(ActionId.COPY_COMMAND, target -> {
            PublishedPort published = target.port();
            if (published != null) {
                copy(EquivalentCommand.of(published.unpublish()));
            }
        });
    }

    private static void onContainer(ActionCatalogue catalogue, ActionId id, Consumer<Container> effect) {
        catalogue.register(id, target -> {
            Container container = target.container();
            if (container != null) {
                effect.accept(container);
            }
        });
    }

    private HostViewModel host() {
        return model.host();
    }

    /// A port that the engine publishes itself costs it a new container.
    private boolean recreatesForPorts() {
        return host().unavailable(HostCapability.CHANGE_IN_PLACE).isPresent();
    }

    /// Connects at once when both the container and the network are known.
    private void connect(ActionTarget target) {
        Topology topology = host().topology().get();
        Container container = target.container();
        Network network = target.network();
        if (container != null && network != null) {
            host().apply(new Change.Connect(container.name(), EndpointRequest.on(network.name())));
        } else if (topology != null && network != null) {
            dialogs.show(ConnectDialog.of(
                    model.drafts().restore(ConnectForm.of(host(), model.tasks(), topology, network), network.id())));
        } else if (topology != null && container != null) {
            dialogs.show(ConnectDialog.of(model.drafts()
                    .restore(ConnectForm.of(host(), model.tasks(), topology, container), container.id())));
        }
    }

    /// Asks first only when the disconnection stops something.
    private void disconnect(ActionTarget target) {
        Container container = target.container();
        Network network = target.network();
        if (container == null || network == null) {
            return;
        }
        if (ConfirmForm.disconnectConsequences(network, container).isEmpty()) {
            host().apply(new Change.Disconnect(network.name(), container.name()));
        } else {
            dialogs.show(ConfirmDialog.of(
                    Messages.of("disconnect.title", container.name(), network.name()),
                    Messages.of("disconnect.disconnect"),
                    ConfirmForm.disconnect(host(), model.tasks(), network, container)));
        }
    }

    private void move(ActionTarget target) {
        Topology topology = host().topology().get();
        Container container = target.container();
        Network network = target.network();
        if (topology != null && container != null && network != null) {
            dialogs.show(MoveDialog.of(new MoveForm(host(), model.tasks(), topology, container, network)));
        }
    }

    private void chooseGateway(ActionTarget target) {
        Topology topology = host().topology().get();
        Container container = target.container();
        Network network = target.network();
        if (topology == null || container == null || network == null) {
            return;
        }
        try {
            dialogs.show(ConfirmDialog.of(
                    Messages.of("gateway.title", container.name(), network.name()),
                    Messages.of("gateway.choose"),
                    ConfirmForm.gateway(
                            host(),
                            model.tasks(),
                            network,
                            EndpointMove.toDefaultGateway(topology, container, network))));
        } catch (RefusedException e) {
            host().showNotification(Notification.error(e.refusal()));
        }
    }

    private void publish(ActionTarget target) {
        Topology topology = host().topology().get();
        Container container = target.container();
        ExposedPort pin = target.pin();
        if (topology != null && container != null) {
            PublishForm made = new PublishForm(
                    host(), model.tasks(), topology, model.busyPorts().ports(), container, pin);
            PublishForm form = pin == null
                    ? model.drafts().restore(made, container.id())
                    : model.drafts().restore(made, container.id(), pin);
            Point2D place = target.place();
            dialogs.show(
                    PublishDialog.of(form, recreatesForPorts() ? ports -> recreate(ports, place, form) : null), place);
        }
    }

    /// An engine can unpublish its own port only with a new container, so a dialog asks first.
    private void unpublish(ActionTarget target) {
        PublishedPort published = target.port();
        if (published == null) {
            return;
        }
        Change.Unpublish unpublish = published.unpublish();
        if (recreatesForPorts() && !published.port().external()) {
            recreate(unpublish, null, null);
        } else {
            host().apply(unpublish);
        }
    }

    private void republish(ActionTarget target) {
        PublishedPort published = target.port();
        if (published != null) {
            boolean recreates = recreatesForPorts() && !published.port().external();
            dialogs.show(
                    RepublishDialog.of(new RepublishForm(host(), model.tasks(), published, recreates)), target.place());
        }
    }

    /// @param from the form that asked for the change and is closed with it; null for none
    private void recreate(Change.PortChange ports, @Nullable Point2D place, @Nullable PublishForm from) {
        ConfirmForm form = ConfirmForm.recreate(host(), model.tasks(), ports);
        if (from != null) {
            form.preview().setOnSettled(from.preview()::discard);
        }
        dialogs.show(RecreateDialog.of(ports.container(), form), place);
    }

    /// Asks first when something stops with it, or when it cannot be undone.
    private void remove(ActionTarget target) {
        Container container = target.container();
        Network network = target.network();
        if (target.port() != null) {
            unpublish(target);
        } else if (container != null
                && (container.running()
                        || host().unavailable(HostCapability.RESTORE_CONTAINERS).isPresent())) {
            dialogs.show(ConfirmDialog.of(
                    Messages.of("remove.title", container.name()),
                    Messages.of("remove.remove"),
                    ConfirmForm.remove(host(), model.tasks(), container)));
        } else if (container != null) {
            host().apply(new Change.RemoveContainer(container.name(), false));
        } else if (network != null) {
            host().apply(new Change.RemoveNetwork(network.name()));
        }
    }

    /// Shows what a Compose file would change, and offers to apply it.
    private void applyCompose() {
        files.choose(file -> host().ask(
                        connected -> compare(connected, file),
                        difference -> show(file, difference),
                        refusal -> host().showNotification(Notification.error(refusal))));
    }

    private static ProjectDifference compare(ConnectedHost connected, Path file)
            throws EngineException, RefusedException {
        return switch (ComposeFile.read(ComposeFile.withOverride(file), System.getenv(), null)) {
            case ProjectReadResult.Read(Project project) -> connected.compareProject(project, ComposeGoal.UP);
            case ProjectReadResult.Refused(Refusal refusal) -> throw new RefusedException(refusal);
        };
    }

    private void show(Path file, ProjectDifference difference) {
        if (difference.isEmpty()) {
            showHint(Messages.of("compose.nothing", file.getFileName()));
        } else {
            dialogs.show(ConfirmDialog.of(
                    Messages.of("compose.title", file.getFileName()),
                    Messages.of("compose.apply"),
                    ConfirmForm.project(host(), model.tasks(), difference)));
        }
    }

    /// Copies the command to the clipboard.
    void copy(String command) {
        ClipboardContent content = new ClipboardContent();
        content.putString(command);
        Clipboard.getSystemClipboard().setContent(content);
        showHint(Messages.of("command.copied", command));
    }

    private void showHint(String sentence) {
        host().showNotification(Notification.done(sentence));
    }
}
