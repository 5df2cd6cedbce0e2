package dev.patchbay.app.network;

import dev.patchbay.app.dialog.ChangeDialog;
import dev.patchbay.app.dialog.ComboBoxes;
import dev.patchbay.app.dialog.FormField;
import dev.patchbay.app.text.Messages;

/// The dialog that connects a container to a network.
public final class ConnectDialog {
    private ConnectDialog() {}

    public static ChangeDialog of(ConnectForm form) {
        var network = ComboBoxes.networks("connectNetwork", form.networks(), form.network());
        var container = ComboBoxes.containers("connectContainer", form.containers(), form.container());
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
                .add(
                        FormField.text(Messages.of("connect.address"), "connectAddress", form.address(), () -> "")
                                .mono()
                                .prompt(Messages.of("connect.address.prompt")),
                        form.address());
    }
}
