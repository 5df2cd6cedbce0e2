package dev.patchbay.app.publish;

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
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Publish a port of a container.
public final class PublishDialog {
    private PublishDialog() {}

    /// @param recreate what does the same with a new container; null where nothing has to be made anew
    public static ChangeDialog of(PublishForm form, @Nullable Consumer<Change.PortChange> recreate) {
        TextField inside = monospaceField("publishContainerPort");
        inside.textProperty().bindBidirectional(form.containerPort());
        TextField outside = monospaceField("publishHostPort");
        outside.setPromptText(Messages.of("publish.hostPort.prompt"));
        outside.textProperty().bindBidirectional(form.hostPort());
        ComboBox<Protocol> protocol = new ComboBox<>();
        protocol.setId("publishProtocol");
        protocol.getItems().setAll(Protocol.values());
        protocol.valueProperty().bindBidirectional(form.protocol());
        FormField insideField = new FormField(Messages.of("publish.containerPort"), inside, form::containerPortProblem);
        FormField protocolField = new FormField(Messages.of("publish.protocol"), protocol, () -> "");
        HBox.setHgrow(insideField.node(), Priority.ALWAYS);
        HBox ports = new HBox(10, insideField.node(), protocolField.node());
        form.containerPort().subscribe(insideField::validate);
        ChangeDialog sheet = new ChangeDialog(
                        Messages.of("publish.title", form.container().name()), Messages.of("publish.publish"), form)
                .add(ports)
                .add(new FormField(Messages.of("publish.hostPort"), outside, form::hostPortProblem), form.hostPort())
                .add(ownerLabel(form))
                .add(addressField(form))
                .add(sourcesSection(form));
        return recreate == null ? sheet : sheet.add(recreateField(form, recreate));
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
        owner.managedProperty().bind(owner.textProperty().isNotEmpty());
        owner.visibleProperty().bind(owner.managedProperty());
        return owner;
    }

    /// Folded: most ports are for everyone who reaches the address; nobody else does while it is this machine's own.
    private static CollapsibleSection sourcesSection(PublishForm form) {
        TextField networks = monospaceField("publishSources");
        networks.setPromptText(Messages.of("publish.sources.prompt"));
        networks.textProperty().bindBidirectional(form.sources());
        FormField field = new FormField(Messages.of("publish.sources"), networks, form::sourcesProblem);
        CollapsibleSection fold = new CollapsibleSection(Messages.of("publish.sources.fold"), "publishSourcesFold")
                .add(field, form.sources());
        fold.node().visibleProperty().bind(form.allInterfaces());
        fold.node().managedProperty().bind(form.allInterfaces());
        return fold;
    }

    /// One click to all interfaces, and a sentence on who can reach the port then.
    private static Node addressField(PublishForm form) {
        ToggleGroup group = new ToggleGroup();
        ToggleButton here = toggleButton("publishHere", Messages.of("publish.here"), group);
        ToggleButton everywhere = toggleButton("publishEverywhere", Messages.of("publish.everywhere"), group);
        here.getStyleClass().add("left-pill");
        everywhere.getStyleClass().add("right-pill");
        (form.allInterfaces().get() ? everywhere : here).setSelected(true);
        group.selectedToggleProperty().subscribe((before, now) -> {
            if (now == null && before != null) {
                before.setSelected(true);
            }
            form.allInterfaces().set(everywhere.isSelected());
        });
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
        return new VBox(4, label, new HBox(here, everywhere), reach);
    }

    private static ToggleButton toggleButton(String id, String text, ToggleGroup group) {
        ToggleButton button = new ToggleButton(text);
        button.setId(id);
        button.setToggleGroup(group);
        return button;
    }

    private static TextField monospaceField(String id) {
        TextField field = new TextField();
        field.setId(id);
        field.getStyleClass().add("mono");
        return field;
    }
}
