package dev.patchbay.app.publish;

import dev.patchbay.app.control.Nodes;
import dev.patchbay.app.dialog.ChangeDialog;
import dev.patchbay.app.dialog.ChangePreview;
import dev.patchbay.app.dialog.CollapsibleSection;
import dev.patchbay.app.dialog.FormField;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Change;
import dev.patchbay.engine.net.Protocol;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.controlsfx.control.SegmentedButton;
import org.jspecify.annotations.Nullable;

/// The dialog that publishes a port of a container.
public final class PublishDialog {
    private PublishDialog() {}

    /// @param recreate publishes with a new container instead; null when no new container is needed
    public static ChangeDialog of(PublishForm form, @Nullable Consumer<Change.PortChange> recreate) {
        ComboBox<Protocol> protocol = new ComboBox<>();
        protocol.setId("publishProtocol");
        protocol.getItems().setAll(Protocol.values());
        protocol.valueProperty().bindBidirectional(form.protocol());
        FormField insideField = FormField.text(
                        Messages.of("publish.containerPort"),
                        "publishContainerPort",
                        form.containerPort(),
                        form::containerPortProblem)
                .mono();
        FormField protocolField = new FormField(Messages.of("publish.protocol"), protocol, () -> "");
        HBox.setHgrow(insideField.node(), Priority.ALWAYS);
        HBox ports = new HBox(10, insideField.node(), protocolField.node());
        form.containerPort().subscribe(insideField::validate);
        ChangeDialog dialog = new ChangeDialog(
                        Messages.of("publish.title", form.container().name()), Messages.of("publish.publish"), form)
                .add(ports)
                .add(
                        FormField.text(
                                        Messages.of("publish.hostPort"),
                                        "publishHostPort",
                                        form.hostPort(),
                                        form::hostPortProblem)
                                .mono()
                                .prompt(Messages.of("publish.hostPort.prompt")),
                        form.hostPort())
                .add(ownerLabel(form))
                .add(addressField(form))
                .add(sourcesSection(form));
        return recreate == null ? dialog : dialog.add(recreateField(form, recreate));
    }

    private static Node recreateField(PublishForm form, Consumer<Change.PortChange> recreate) {
        Label beside = new Label(Messages.of("publish.beside"));
        beside.setWrapText(true);
        beside.getStyleClass().add("field-remark");
        Button button = new Button(Messages.of("publish.recreate"));
        button.setId("publishRecreate");
        button.disableProperty().bind(form.preview().state().map(ChangePreview.State.Incomplete.class::isInstance));
        button.setOnAction(_ -> {
            if (form.change() instanceof Change.Publish publish) {
                recreate.accept(publish);
            }
        });
        return new VBox(6, beside, button);
    }

    private static Node ownerLabel(PublishForm form) {
        Label owner = new Label();
        owner.setId("publishOwner");
        owner.setWrapText(true);
        owner.getStyleClass().addAll("field-remark", "warning");
        owner.textProperty().bind(form.hostPortOwner());
        Nodes.showWhen(owner, owner.textProperty().isNotEmpty());
        return owner;
    }

    /// Collapsed at first: most ports are open to all sources, and a port on 127.0.0.1 is reachable from
    /// this machine only.
    private static CollapsibleSection sourcesSection(PublishForm form) {
        FormField field = FormField.text(
                        Messages.of("publish.sources"), "publishSources", form.sources(), form::sourcesProblem)
                .mono()
                .prompt(Messages.of("publish.sources.prompt"));
        CollapsibleSection section = new CollapsibleSection(Messages.of("publish.sources.fold"), "publishSourcesFold")
                .add(field, form.sources());
        Nodes.showWhen(section.node(), form.allInterfaces());
        return section;
    }

    /// The choice of all interfaces, with a sentence about who can then reach the port.
    private static Node addressField(PublishForm form) {
        ToggleButton here = new ToggleButton(Messages.of("publish.here"));
        here.setId("publishHere");
        ToggleButton everywhere = new ToggleButton(Messages.of("publish.everywhere"));
        everywhere.setId("publishEverywhere");
        SegmentedButton segments = Nodes.segments(here, everywhere);
        (form.allInterfaces().get() ? everywhere : here).setSelected(true);
        segments.getToggleGroup()
                .selectedToggleProperty()
                .subscribe(() -> form.allInterfaces().set(everywhere.isSelected()));
        Label label = new Label(Messages.of("publish.address"));
        label.getStyleClass().add("field-label");
        Label reach = new Label();
        reach.setWrapText(true);
        reach.setId("publishReach");
        reach.getStyleClass().add("field-remark");
        reach.textProperty().bind(form.reachText());
        form.allInterfaces().subscribe(open -> {
            reach.getStyleClass().remove("warning");
            if (open) {
                reach.getStyleClass().add("warning");
            }
        });
        return new VBox(4, label, segments, reach);
    }
}
