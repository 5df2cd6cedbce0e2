package dev.patchbay.app.container;

import dev.patchbay.app.dialog.Choices;
import dev.patchbay.app.dialog.Field;
import dev.patchbay.app.dialog.Fold;
import dev.patchbay.app.dialog.Sheet;
import dev.patchbay.app.text.Messages;
import javafx.scene.control.TextField;

/// Run container.
public final class ContainerSheet {
    private ContainerSheet() {}

    public static Sheet of(ContainerForm form) {
        TextField image = field("containerImage", true, "");
        image.textProperty().bindBidirectional(form.image());
        TextField command = field("containerCommand", true, Messages.of("container.command.prompt"));
        command.textProperty().bindBidirectional(form.command());
        TextField name = field("containerName", false, Messages.of("container.name.prompt"));
        name.textProperty().bindBidirectional(form.name());
        TextField ports = field("containerPorts", true, Messages.of("container.ports.prompt"));
        ports.textProperty().bindBidirectional(form.ports());
        var network = Choices.networks("containerNetwork", form.networks(), form.network());
        Field imageField = new Field(Messages.of("container.image"), image, form::imageProblem);
        imageField.hint(Messages.of("container.image.hint"));
        Field portsField = new Field(Messages.of("container.ports"), ports, form::portsProblem);
        portsField.hint(Messages.of("container.ports.hint"));
        return new Sheet(Messages.of("container.title"), Messages.of("container.run"), form)
                .add(new Field(Messages.of("container.name"), name, form::nameProblem), form.name())
                .add(imageField, form.image())
                .add(new Field(Messages.of("container.command"), command, () -> ""), form.command())
                .add(new Field(Messages.of("container.network"), network, () -> ""), form.network())
                .add(portsField, form.ports())
                .add(more(form));
    }

    /// Folded: most containers are to stay as they ended.
    private static Fold more(ContainerForm form) {
        var restart = Choices.restartPolicies("containerRestart", form.restart());
        Field field = new Field(Messages.of("container.restart"), restart, () -> "");
        field.hint(Messages.of("container.restart.hint"));
        return new Fold(Messages.of("container.more"), "containerMore").add(field, form.restart());
    }

    private static TextField field(String id, boolean mono, String prompt) {
        TextField field = new TextField();
        field.setId(id);
        field.setPromptText(prompt);
        if (mono) {
            field.getStyleClass().add("mono");
        }
        return field;
    }
}
