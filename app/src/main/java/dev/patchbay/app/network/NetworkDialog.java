package dev.patchbay.app.network;

import dev.patchbay.app.dialog.ChangeDialog;
import dev.patchbay.app.dialog.CollapsibleSection;
import dev.patchbay.app.dialog.ComboBoxes;
import dev.patchbay.app.dialog.FormField;
import dev.patchbay.app.text.Messages;
import java.util.function.Supplier;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TextField;

/// New network, and what can be edited of one.
public final class NetworkDialog {
    private NetworkDialog() {}

    public static ChangeDialog of(NetworkForm form) {
        TextField subnet = monospaceField("networkSubnet", form.subnet());
        TextField gateway = monospaceField("networkGateway", form.gateway());
        FormField subnetField = new FormField(Messages.of("network.subnet"), subnet, form::subnetProblem);
        FormField gatewayField = new FormField(Messages.of("network.gateway"), gateway, form::gatewayProblem);
        // The proposal stands in the field itself until something is typed there.
        subnet.promptTextProperty().bind(form.proposedSubnet());
        gateway.promptTextProperty().bind(form.proposedGateway());
        subnetField.hint(Messages.of("network.subnet.hint"));
        TextField subnet6 = monospaceField("networkSubnet6", form.subnet6());
        subnet6.setPromptText(Messages.of("network.proposed"));
        FormField subnet6Field = new FormField(Messages.of("network.subnet6"), subnet6, form::subnet6Problem);
        showWhen(form.ipv6(), subnet6Field.node());
        return new ChangeDialog(Messages.of("network.title"), Messages.of("network.create"), form)
                .add(
                        new FormField(
                                Messages.of("network.name"), textField("networkName", form.name()), form::nameProblem),
                        form.name())
                .add(managerField(form), form.manager())
                .add(subnetField, form.subnet())
                .add(gatewayField, form.gateway())
                .add(checkBox("networkInternal", Messages.of("network.internal"), form.internal()))
                .add(checkBox("networkIpv6", Messages.of("network.ipv6"), form.ipv6()))
                .add(subnet6Field, form.subnet6())
                .add(advancedSection(form.advanced()));
    }

    public static ChangeDialog of(NetworkEditForm form) {
        return new ChangeDialog(
                        Messages.of("network.edit.title", form.network().name()),
                        Messages.of("network.edit.apply"),
                        form)
                .add(
                        new FormField(
                                Messages.of("network.name"), textField("networkName", form.name()), form::nameProblem),
                        form.name())
                .add(labelsField(form.labels(), form::labelsProblem), form.labels())
                .add(mtuField(form.mtu(), form::mtuProblem), form.mtu());
    }

    private static CollapsibleSection advancedSection(AdvancedNetworkFields extras) {
        FormField range = new FormField(
                Messages.of("network.range"), monospaceField("networkRange", extras.range()), extras::rangeProblem);
        range.hint(Messages.of("network.range.hint"));
        FormField auxiliary = new FormField(
                Messages.of("network.aux"), monospaceField("networkAux", extras.auxiliary()), extras::auxiliaryProblem);
        auxiliary.hint(Messages.of("network.aux.hint"));
        CheckBox icc = checkBox("networkIcc", Messages.of("network.icc"), extras.icc());
        CheckBox masquerade = checkBox("networkMasquerade", Messages.of("network.masquerade"), extras.masquerade());
        DriverFields driver = extras.driver();
        showWhen(driver.isBridge(), icc);
        showWhen(driver.isBridge(), masquerade);
        return new CollapsibleSection(Messages.of("network.more"), "networkMore")
                .add(driverField(driver), driver.driver())
                .add(bridgeField(driver), driver.bridge())
                .add(parentField(driver), driver.parent())
                .add(range, extras.range())
                .add(auxiliary, extras.auxiliary())
                .add(labelsField(extras.labels(), extras::labelsProblem), extras.labels())
                .add(mtuField(extras.mtu(), extras::mtuProblem), extras.mtu())
                .add(icc)
                .add(masquerade);
    }

    private static FormField managerField(NetworkForm form) {
        FormField field = new FormField(
                Messages.of("network.wiring"),
                ComboBoxes.wirings("networkWiring", form.managers(), form.manager()),
                () -> "");
        field.node().setVisible(!form.managers().isEmpty());
        field.node().setManaged(!form.managers().isEmpty());
        return field;
    }

    private static FormField driverField(DriverFields choice) {
        return new FormField(
                Messages.of("network.driver"),
                ComboBoxes.drivers("networkDriver", DriverFields.drivers(), choice.driver()),
                () -> "");
    }

    private static FormField bridgeField(DriverFields choice) {
        TextField control = monospaceField("networkBridge", choice.bridge());
        control.setPromptText(Messages.of("network.proposed"));
        FormField field = new FormField(Messages.of("network.bridge"), control, choice::bridgeProblem);
        showWhen(choice.isBridge(), field.node());
        return field;
    }

    private static FormField parentField(DriverFields choice) {
        TextField control = monospaceField("networkParent", choice.parent());
        control.setPromptText(String.join(", ", choice.links()));
        FormField field = new FormField(Messages.of("network.parent"), control, choice::parentProblem);
        field.hint(Messages.of("network.parent.hint"));
        showWhen(choice.isBridge().not(), field.node());
        return field;
    }

    private static void showWhen(BooleanExpression shown, Node node) {
        node.visibleProperty().bind(shown);
        node.managedProperty().bind(shown);
    }

    private static FormField labelsField(StringProperty text, Supplier<String> problem) {
        FormField field = new FormField(Messages.of("network.labels"), monospaceField("networkLabels", text), problem);
        field.hint(Messages.of("network.labels.hint"));
        return field;
    }

    private static FormField mtuField(StringProperty text, Supplier<String> problem) {
        TextField control = monospaceField("networkMtu", text);
        control.setPromptText("1500");
        return new FormField(Messages.of("network.mtu"), control, problem);
    }

    private static CheckBox checkBox(String id, String text, BooleanProperty property) {
        CheckBox box = new CheckBox(text);
        box.setId(id);
        box.selectedProperty().bindBidirectional(property);
        return box;
    }

    private static TextField textField(String id, StringProperty text) {
        TextField field = new TextField();
        field.setId(id);
        field.textProperty().bindBidirectional(text);
        return field;
    }

    private static TextField monospaceField(String id, StringProperty text) {
        TextField field = textField(id, text);
        field.getStyleClass().add("mono");
        return field;
    }
}
