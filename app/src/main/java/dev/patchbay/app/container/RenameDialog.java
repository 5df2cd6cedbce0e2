package dev.patchbay.app.container;

import dev.patchbay.app.dialog.ChangeDialog;
import dev.patchbay.app.dialog.FormField;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Container;

/// The dialog that renames a container.
public final class RenameDialog {
    private RenameDialog() {}

    public static ChangeDialog of(RenameForm form, Container container) {
        return new ChangeDialog(Messages.of("rename.title", container.name()), Messages.of("rename.rename"), form)
                .add(
                        FormField.text(Messages.of("rename.name"), "renameName", form.name(), form::nameProblem),
                        form.name());
    }
}
