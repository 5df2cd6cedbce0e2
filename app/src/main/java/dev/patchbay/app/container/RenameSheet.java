package dev.patchbay.app.container;

import dev.patchbay.app.dialog.Field;
import dev.patchbay.app.dialog.Sheet;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Container;
import javafx.scene.control.TextField;

/// Rename a container.
public final class RenameSheet {
    private RenameSheet() {}

    public static Sheet of(RenameForm form, Container container) {
        TextField name = new TextField();
        name.setId("renameName");
        name.textProperty().bindBidirectional(form.name());
        return new Sheet(Messages.of("rename.title", container.name()), Messages.of("rename.rename"), form)
                .add(new Field(Messages.of("rename.name"), name, form::nameProblem), form.name());
    }
}
