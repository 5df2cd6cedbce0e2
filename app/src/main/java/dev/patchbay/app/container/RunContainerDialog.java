package dev.patchbay.app.container;

import dev.patchbay.app.dialog.ChangeDialog;
import dev.patchbay.app.dialog.CollapsibleSection;
import dev.patchbay.app.dialog.ComboBoxes;
import dev.patchbay.app.dialog.FormField;
import dev.patchbay.app.text.Messages;

/// The dialog that runs a container.
public final class RunContainerDialog {
    private RunContainerDialog() {}

    public static ChangeDialog of(RunContainerForm form) {
        var network = ComboBoxes.networks("containerNetwork", form.networks(), form.network());
        return new ChangeDialog(Messages.of("container.title"), Messages.of("container.run"), form)
                .add(
                        FormField.text(Messages.of("container.name"), "containerName", form.name(), form::nameProblem)
                                .prompt(Messages.of("container.name.prompt")),
                        form.name())
                .add(
                        FormField.text(
                                        Messages.of("container.image"),
                                        "containerImage",
                                        form.image(),
                                        form::imageProblem)
                                .mono()
                                .hint(Messages.of("container.image.hint")),
                        form.image())
                .add(
                        FormField.text(Messages.of("container.command"), "containerCommand", form.command(), () -> "")
                                .mono()
                                .prompt(Messages.of("container.command.prompt")),
                        form.command())
                .add(new FormField(Messages.of("container.network"), network, () -> ""), form.network())
                .add(
                        FormField.text(
                                        Messages.of("container.ports"),
                                        "containerPorts",
                                        form.ports(),
                                        form::portsProblem)
                                .mono()
                                .prompt(Messages.of("container.ports.prompt"))
                                .hint(Messages.of("container.ports.hint")),
                        form.ports())
                .add(advancedSection(form));
    }

    /// Collapsed at first: most containers need no restart policy.
    private static CollapsibleSection advancedSection(RunContainerForm form) {
        var restart = ComboBoxes.restartPolicies("containerRestart", form.restart());
        FormField field = new FormField(Messages.of("container.restart"), restart, () -> "")
                .hint(Messages.of("container.restart.hint"));
        return new CollapsibleSection(Messages.of("container.more"), "containerMore").add(field, form.restart());
    }
}
