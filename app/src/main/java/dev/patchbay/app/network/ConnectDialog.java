package dev.patchbay.app.network;

import dev.patchbay.app.dialog.ChangeDialog;
import dev.patchbay.app.dialog.ComboBoxes;
import dev.patchbay.app.dialog.FormField;
import dev.patchbay.app.text.Messages;
import javafx.scene.control.TextField;

/// Connect a container to a network.
public final class ConnectDialog {
    private ConnectDialog() {}

    public static ChangeDialog of(ConnectForm form) {
        var network = ComboBoxes.networks("connectNetwork", form.networks(), form.network());
        var container = ComboBoxes.containers("connectContainer", form.containers(), form.container());
        TextField address = new TextField();
        address.setId("connectAddress");
        address.getStyleClass().add("mono");
        address.setPromptText(Messages.of("connect.address.prompt"));
        address.textProperty().bindBidirectional(form.address());
        return new ChangeDialog(Messages.of("connect.title"), Messages.of("connect.connect"), form)
                .add(
                        new FormField(
                                Messages.of("connect.container"),
                                container,
                                () -> form.containers().isEmpty() ? Messages.of("connect.noContainers") : ""),
                        form.container())
                .add(
                        new FormField(
                                Messages.of("connect.network"),
                                network,
                                () -> form.networks().isEmpty() ? Messages.of("connect.noNetworks") : ""),
                        form.network())
                .add(new FormField(Messages.of("connect.address"), address, () -> ""), form.address());
    }
}
