package dev.patchbay.app.container;

import dev.patchbay.app.dialog.ChangeDialog;
import dev.patchbay.app.dialog.CollapsibleSection;
import dev.patchbay.app.dialog.ComboBoxes;
import dev.patchbay.app.dialog.FormField;
import dev.patchbay.app.text.Messages;
import javafx.scene.control.TextField;

/// Run container.
public final class RunContainerDialog {
    private RunContainerDialog() {}

    public static ChangeDialog of(RunContainerForm form) {
        TextField image = textField("containerImage", true, "");
        image.textProperty().bindBidirectional(form.image());
        TextField command = textField("containerCommand", true, Messages.of("container.command.prompt"));
        command.textProperty().bindBidirectional(form.command());
        TextField name = textField("containerName", false, Messages.of("container.name.prompt"));
        name.textProperty().bindBidirectional(form.name());
        TextField ports = textField("containerPorts", true, Messages.of("container.ports.prompt"));
        ports.textProperty().bindBidirectional(form.ports());
        var network = ComboBoxes.networks("containerNetwork", form.networks(), form.network());
        FormField imageField = new FormField(Messages.of("container.image"), image, form::imageProblem);
        imageField.hint(Messages.of("container.image.hint"));
        FormField portsField = new FormField(Messages.of("container.ports"), ports, form::portsProblem);
        portsField.hint(Messages.of("container.ports.hint"));
        return new ChangeDialog(Messages.of("container.title"), Messages.of("container.run"), form)
                .add(new FormField(Messages.of("container.name"), name, form::nameProblem), form.name())
                .add(imageField, form.image())
                .add(new FormField(Messages.of("container.command"), command, () -> ""), form.command())
                .add(new FormField(Messages.of("container.network"), network, () -> ""), form.network())
                .add(portsField, form.ports())
                .add(advancedSection(form));
    }

    /// Folded: most containers are to stay as they ended.
    private static CollapsibleSection advancedSection(RunContainerForm form) {
        var restart = ComboBoxes.restartPolicies("containerRestart", form.restart());
        FormField field = new FormField(Messages.of("container.restart"), restart, () -> "");
        field.hint(Messages.of("container.restart.hint"));
        return new CollapsibleSection(Messages.of("container.more"), "containerMore").add(field, form.restart());
    }

    private static TextField textField(String id, boolean mono, String prompt) {
        TextField field = new TextField();
        field.setId(id);
        field.setPromptText(prompt);
        if (mono) {
            field.getStyleClass().add("mono");
        }
        return field;
    }
}
