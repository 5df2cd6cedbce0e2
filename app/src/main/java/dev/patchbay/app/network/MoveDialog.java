package dev.patchbay.app.network;

import dev.patchbay.app.dialog.ChangeDialog;
import dev.patchbay.app.dialog.ComboBoxes;
import dev.patchbay.app.dialog.FormField;
import dev.patchbay.app.text.Messages;
import javafx.scene.control.Label;

/// The dialog that moves a container to another network.
public final class MoveDialog {
    private MoveDialog() {}

    public static ChangeDialog of(MoveForm form) {
        Label remark = new Label();
        remark.textProperty().bind(form.consequences());
        remark.setWrapText(true);
        remark.getStyleClass().add("field-remark");
        return new ChangeDialog(
                        Messages.of(
                                "move.title",
                                form.container().name(),
                                form.from().name()),
                        Messages.of("move.move"),
                        form)
                .add(
                        new FormField(
                                Messages.of("move.to"),
                                ComboBoxes.networks("moveNetwork", form.networks(), form.to()),
                                () -> form.networks().isEmpty() ? Messages.of("connect.noNetworks") : ""),
                        form.to())
                .add(remark);
    }
}
