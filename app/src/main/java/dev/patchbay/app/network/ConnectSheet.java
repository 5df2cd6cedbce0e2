package dev.patchbay.app.network;

import dev.patchbay.app.dialog.Choices;
import dev.patchbay.app.dialog.Field;
import dev.patchbay.app.dialog.Sheet;
import dev.patchbay.app.text.Messages;
import javafx.scene.control.TextField;

/// Connect a container to a network.
public final class ConnectSheet {
    private ConnectSheet() {}

    public static Sheet of(ConnectForm form) {
        var network = Choices.networks("connectNetwork", form.networks(), form.network());
        var container = Choices.containers("connectContainer", form.containers(), form.container());
        TextField address = new TextField();
        address.setId("connectAddress");
        address.getStyleClass().add("mono");
        address.setPromptText(Messages.of("connect.address.prompt"));
        address.textProperty().bindBidirectional(form.address());
        return new Sheet(Messages.of("connect.title"), Messages.of("connect.connect"), form)
                .add(
                        new Field(
                                Messages.of("connect.container"),
                                container,
                                () -> form.containers().isEmpty() ? Messages.of("connect.noContainers") : ""),
                        form.container())
                .add(
                        new Field(
                                Messages.of("connect.network"),
                                network,
                                () -> form.networks().isEmpty() ? Messages.of("connect.noNetworks") : ""),
                        form.network())
                .add(new Field(Messages.of("connect.address"), address, () -> ""), form.address());
    }
}
