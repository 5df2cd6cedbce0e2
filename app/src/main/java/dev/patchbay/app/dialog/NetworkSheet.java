package dev.patchbay.app.dialog;

import dev.patchbay.app.text.Messages;
import dev.patchbay.app.viewmodel.form.NetworkForm;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TextField;

/// New network.
public final class NetworkSheet {
    private NetworkSheet() {}

    public static Sheet of(NetworkForm form) {
        TextField name = new TextField();
        name.setId("networkName");
        name.textProperty().bindBidirectional(form.name());
        TextField subnet = mono("networkSubnet");
        subnet.textProperty().bindBidirectional(form.subnet());
        TextField gateway = mono("networkGateway");
        gateway.textProperty().bindBidirectional(form.gateway());
        CheckBox internal = new CheckBox(Messages.of("network.internal"));
        internal.setId("networkInternal");
        internal.selectedProperty().bindBidirectional(form.internal());
        Field subnetField = new Field(Messages.of("network.subnet"), subnet, form::subnetProblem);
        Field gatewayField = new Field(Messages.of("network.gateway"), gateway, form::gatewayProblem);
        // The proposal stands in the field itself until something is typed there.
        subnet.promptTextProperty().bind(form.proposedSubnet());
        gateway.promptTextProperty().bind(form.proposedGateway());
        subnetField.hint(Messages.of("network.subnet.hint"));
        return new Sheet(Messages.of("network.title"), Messages.of("network.create"), form)
                .add(new Field(Messages.of("network.name"), name, form::nameProblem), form.name())
                .add(subnetField, form.subnet())
                .add(gatewayField, form.gateway())
                .add(internal);
    }

    private static TextField mono(String id) {
        TextField field = new TextField();
        field.setId(id);
        field.getStyleClass().add("mono");
        return field;
    }
}
