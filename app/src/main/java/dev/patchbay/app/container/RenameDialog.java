package dev.patchbay.app.container;

import dev.patchbay.app.dialog.ChangeDialog;
import dev.patchbay.app.dialog.FormField;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Container;
import javafx.scene.control.TextField;

/// Rename a container.
public final class RenameDialog {
    private RenameDialog() {}

    public static ChangeDialog of(RenameForm form, Container container) {
        TextField name = new TextField();
        name.setId("renameName");
        name.textProperty().bindBidirectional(form.name());
        return new ChangeDialog(Messages.of("rename.title", container.name()), Messages.of("rename.rename"), form)
                .add(new FormField(Messages.of("rename.name"), name, form::nameProblem), form.name());
    }
}
