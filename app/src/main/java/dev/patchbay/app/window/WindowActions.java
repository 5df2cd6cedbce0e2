package dev.patchbay.app.window;

import dev.patchbay.app.container.RenameDialog;
import dev.patchbay.app.container.RenameForm;
import dev.patchbay.app.container.RunContainerDialog;
import dev.patchbay.app.container.RunContainerForm;
import dev.patchbay.app.dialog.ConfirmDialog;
import dev.patchbay.app.dialog.ConfirmForm;
import dev.patchbay.app.dialog.DialogLayer;
import dev.patchbay.app.export.OpenFilePrompt;
import dev.patchbay.app.hosts.HostKind;
import dev.patchbay.app.hosts.HostViewModel;
import dev.patchbay.app.hosts.Notification;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.network.ConnectDialog;
import dev.patchbay.app.network.ConnectForm;
import dev.patchbay.app.network.NetworkDialog;
import dev.patchbay.app.network.NetworkEditForm;
import dev.patchbay.app.network.NetworkForm;
import dev.patchbay.app.publish.PublishDialog;
import dev.patchbay.app.publish.PublishForm;
import dev.patchbay.app.publish.RecreateDialog;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.compose.ComposeFile;
import dev.patchbay.core.compose.Project;
import dev.patchbay.core.compose.ProjectReadResult;
import dev.patchbay.core.compose.difference.ComposeGoal;
import dev.patchbay.core.compose.difference.ProjectComparison;
import dev.patchbay.core.compose.difference.ProjectDifference;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.EndpointRequest;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PublishedPort;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Refusal;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.container.StopMode;
import java.nio.file.Path;
import javafx.geometry.Point2D;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.jspecify.annotations.Nullable;

/// Everything a person can do in the window, by whatever key, button or menu. What can be undone is done at
/// once; what needs a word or takes something with it opens a dialog.
public final class WindowActions {
    private final WindowViewModel model;
    private final DialogLayer dialogs;
    private final ExportActions exports;
    private final OpenFilePrompt source;

    public WindowActions(WindowViewModel model, DialogLayer sheets, ExportActions exports, OpenFilePrompt source) {
        this.model = model;
        this.dialogs = sheets;
        this.exports = exports;
        this.source = source;
    }

    private HostViewModel host() {
        return model.host();
    }

    public void newNetwork() {
        if (requireLive()) {
            dialogs.show(NetworkDialog.of(model.drafts().restore(new NetworkForm(host(), model.tasks()))));
        }
    }

    /// On the selected network, if one is selected.
    public void runContainer() {
        Topology topology = host().topology().get();
        Network preferred = topology != null && model.selected().get() instanceof Selection.OfNetwork(var id)
                ? topology.network(id)
                : null;
        runContainer(preferred);
    }

    public void runContainer(@Nullable Network preferred) {
        if (requireLive()) {
            dialogs.show(RunContainerDialog.of(
                    model.drafts().restore(new RunContainerForm(host(), model.tasks(), preferred))));
        }
    }

    public void connect(Container container) {
        Topology topology = host().topology().get();
        if (topology != null && requireLive()) {
            dialogs.show(ConnectDialog.of(model.drafts()
                    .restore(ConnectForm.of(host(), model.tasks(), topology, container), container.id())));
        }
    }

    public void connect(Network network) {
        Topology topology = host().topology().get();
        if (topology != null && requireLive()) {
            dialogs.show(ConnectDialog.of(
                    model.drafts().restore(ConnectForm.of(host(), model.tasks(), topology, network), network.id())));
        }
    }

    public void connect(Container container, Network network) {
        host().apply(new Change.Connect(container.name(), EndpointRequest.on(network.name())));
    }

    /// Asks only when something stops with it.
    public void disconnectOrConfirm(Network network, Container container) {
        if (ConfirmForm.disconnectConsequences(network, container).isEmpty()) {
            host().apply(new Change.Disconnect(network.name(), container.name()));
        } else {
            disconnect(network, container);
        }
    }

    public void disconnect(Network network, Container container) {
        if (requireLive()) {
            dialogs.show(ConfirmDialog.of(
                    Messages.of("disconnect.title", container.name(), network.name()),
                    Messages.of("disconnect.disconnect"),
                    ConfirmForm.disconnect(host(), model.tasks(), network, container)));
        }
    }

    /// @param pin the port to start with; null to propose one
    public void publish(Container container, @Nullable ExposedPort pin) {
        publish(container, pin, null);
    }

    /// @param place where the dialog stands in the picture; null for its usual place
    public void publish(Container container, @Nullable ExposedPort pin, @Nullable Point2D place) {
        Topology topology = host().topology().get();
        if (topology != null && requireLive()) {
            PublishForm made = new PublishForm(
                    host(), model.tasks(), topology, model.busyPorts().ports(), container, pin);
            PublishForm form = pin == null
                    ? model.drafts().restore(made, container.id())
                    : model.drafts().restore(made, container.id(), pin);
            dialogs.show(PublishDialog.of(form, isEngine() ? ports -> recreate(ports, place, form) : null), place);
        }
    }

    /// What an engine publishes itself it takes back with a new container only, which is asked about first.
    public void unpublish(PublishedPort published) {
        Change.Unpublish unpublish = published.unpublish();
        if (isEngine() && !published.port().external()) {
            recreate(unpublish, null, null);
        } else {
            host().apply(unpublish);
        }
    }

    private boolean isEngine() {
        return host().kind() == HostKind.ENGINE;
    }

    /// @param from the form that asks for it, settled with it; null when none does
    private void recreate(Change.PortChange ports, @Nullable Point2D place, @Nullable PublishForm from) {
        if (requireLive()) {
            ConfirmForm form = ConfirmForm.recreate(host(), model.tasks(), ports);
            if (from != null) {
                form.preview().setOnSettled(from.preview()::discard);
            }
            dialogs.show(RecreateDialog.of(ports.container(), form), place);
        }
    }

    public void start(Container container) {
        host().apply(new Change.StartContainer(container.name()));
    }

    public void stop(Container container) {
        host().apply(new Change.StopContainer(container.name()));
    }

    public void restart(Container container) {
        host().apply(new Change.RestartContainer(container.name(), StopMode.GRACEFUL));
    }

    public void rename(Container container) {
        if (requireLive()) {
            dialogs.show(RenameDialog.of(
                    model.drafts().restore(new RenameForm(host(), model.tasks(), container), container.id()),
                    container));
        }
    }

    /// Asks when something stops with it, or when it cannot be brought back: an engine forgets a container
    /// for good.
    public void remove(Container container) {
        if (!container.running() && !isEngine()) {
            host().apply(new Change.RemoveContainer(container.name(), false));
        } else if (requireLive()) {
            dialogs.show(ConfirmDialog.of(
                    Messages.of("remove.title", container.name()),
                    Messages.of("remove.remove"),
                    ConfirmForm.remove(host(), model.tasks(), container)));
        }
    }

    public void edit(Network network) {
        if (requireLive()) {
            dialogs.show(NetworkDialog.of(
                    model.drafts().restore(new NetworkEditForm(host(), model.tasks(), network), network.id())));
        }
    }

    public void remove(Network network) {
        host().apply(new Change.RemoveNetwork(network.name()));
    }

    public void undo() {
        model.undo().undo();
    }

    public void redo() {
        model.undo().redo();
    }

    /// Shows what a Compose file would change, and offers to do it.
    public void applyCompose() {
        if (requireLive()) {
            source.choose(file -> host().ask(
                            controller -> switch (ComposeFile.read(
                                    ComposeFile.withOverride(file), System.getenv(), null)) {
                                case ProjectReadResult.Read(Project project) ->
                                    controller.compareProject(project, ComposeGoal.UP);
                                case ProjectReadResult.Refused(Refusal refusal) ->
                                    new ProjectComparison.Refused(refusal);
                            },
                            comparison -> show(file, comparison),
                            refusal -> host().showNotification(Notification.error(refusal))));
        }
    }

    private void show(Path file, ProjectComparison comparison) {
        switch (comparison) {
            case ProjectComparison.Refused(Refusal refusal) -> host().showNotification(Notification.error(refusal));
            case ProjectComparison.Made(ProjectDifference difference)
            when difference.isEmpty() -> hint(Messages.of("compose.nothing", file.getFileName()));
            case ProjectComparison.Made(ProjectDifference difference) ->
                dialogs.show(ConfirmDialog.of(
                        Messages.of("compose.title", file.getFileName()),
                        Messages.of("compose.apply"),
                        ConfirmForm.project(host(), model.tasks(), difference)));
        }
    }

    public void exportInspect() {
        if (model.inspector().inspectable()) {
            exports.inspect();
        } else {
            hint(Messages.of("hint.export"));
        }
    }

    /// That makes the selection, to the clipboard.
    public void copyCommand() {
        model.inspector().createCommand(this::copy);
    }

    /// To the clipboard.
    public void copy(String command) {
        ClipboardContent content = new ClipboardContent();
        content.putString(command);
        Clipboard.getSystemClipboard().setContent(content);
        hint(Messages.of("command.copied", command));
    }

    public void exportTraffic() {
        exports.traffic();
    }

    public void hint(String sentence) {
        host().showNotification(Notification.done(sentence));
    }

    private boolean requireLive() {
        if (!host().isLive()) {
            host().showNotification(Notification.error(host().unreachableRefusal()));
        }
        return host().isLive();
    }
}
