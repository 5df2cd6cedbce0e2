package dev.patchbay.app.network;

import dev.patchbay.app.control.Nodes;
import dev.patchbay.app.dialog.ChangeDialog;
import dev.patchbay.app.dialog.FormField;
import dev.patchbay.app.text.Messages;
import javafx.scene.control.Label;

/// The dialog that gives a network another subnet.
public final class SubnetDialog {
    private SubnetDialog() {}

    public static ChangeDialog of(SubnetForm form) {
        FormField subnet = FormField.text(
                        Messages.of("subnet.new", form.presentSubnets()),
                        "newSubnet",
                        form.subnet(),
                        form::subnetProblem)
                .mono();
        FormField gateway = FormField.text(Messages.of("subnet.gateway"), "newGateway", form.gateway(), () -> "")
                .mono()
                .prompt(Messages.of("subnet.gateway.prompt"));
        form.gateway().subscribe(subnet::validate);
        Label addresses = new Label();
        addresses.setId("newAddresses");
        addresses.getStyleClass().add("mono");
        addresses.textProperty().bind(form.addresses());
        addresses.setWrapText(true);
        Nodes.showWhen(addresses, addresses.textProperty().isNotEmpty());
        Label remark = new Label(Messages.of("subnet.remark"));
        remark.setWrapText(true);
        remark.getStyleClass().add("field-remark");
        return new ChangeDialog(Messages.of("subnet.title", form.network().name()), Messages.of("subnet.change"), form)
                .add(subnet, form.subnet())
                .add(gateway, form.gateway())
                .add(addresses)
                .add(remark);
    }
}
