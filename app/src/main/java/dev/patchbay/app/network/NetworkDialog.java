package dev.patchbay.app.network;

import dev.patchbay.app.control.Nodes;
import dev.patchbay.app.dialog.ChangeDialog;
import dev.patchbay.app.dialog.CollapsibleSection;
import dev.patchbay.app.dialog.ComboBoxes;
import dev.patchbay.app.dialog.FormField;
import dev.patchbay.app.text.Messages;
import java.util.function.Supplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.control.CheckBox;

/// The dialogs that create and edit a network.
public final class NetworkDialog {
    private NetworkDialog() {}

    public static ChangeDialog of(NetworkForm form) {
        FormField subnet = FormField.text(
                        Messages.of("network.subnet"), "networkSubnet", form.subnet(), form::subnetProblem)
                .mono()
                .prompt(form.proposedSubnet())
                .hint(Messages.of("network.subnet.hint"));
        FormField gateway = FormField.text(
                        Messages.of("network.gateway"), "networkGateway", form.gateway(), form::gatewayProblem)
                .mono()
                .prompt(form.proposedGateway());
        FormField subnet6 = FormField.text(
                        Messages.of("network.subnet6"), "networkSubnet6", form.subnet6(), form::subnet6Problem)
                .mono()
                .prompt(Messages.of("network.proposed"));
        Nodes.showWhen(subnet6.node(), form.ipv6());
        return new ChangeDialog(Messages.of("network.title"), Messages.of("network.create"), form)
                .add(
                        FormField.text(Messages.of("network.name"), "networkName", form.name(), form::nameProblem),
                        form.name())
                .add(managerField(form), form.manager())
                .add(subnet, form.subnet())
                .add(gateway, form.gateway())
                .add(checkBox("networkInternal", Messages.of("network.internal"), form.internal()))
                .add(checkBox("networkIpv6", Messages.of("network.ipv6"), form.ipv6()))
                .add(subnet6, form.subnet6())
                .add(advancedSection(form.advanced()));
    }

    public static ChangeDialog of(NetworkEditForm form) {
        return new ChangeDialog(
                        Messages.of("network.edit.title", form.network().name()),
                        Messages.of("network.edit.apply"),
                        form)
                .add(
                        FormField.text(Messages.of("network.name"), "networkName", form.name(), form::nameProblem),
                        form.name())
                .add(labelsField(form.labels(), form::labelsProblem), form.labels())
                .add(mtuField(form.mtu(), form::mtuProblem), form.mtu());
    }

    private static CollapsibleSection advancedSection(AdvancedNetworkFields extras) {
        FormField range = FormField.text(
                        Messages.of("network.range"), "networkRange", extras.range(), extras::rangeProblem)
                .mono()
                .hint(Messages.of("network.range.hint"));
        FormField auxiliary = FormField.text(
                        Messages.of("network.aux"), "networkAux", extras.auxiliary(), extras::auxiliaryProblem)
                .mono()
                .hint(Messages.of("network.aux.hint"));
        CheckBox icc = checkBox("networkIcc", Messages.of("network.icc"), extras.icc());
        CheckBox masquerade = checkBox("networkMasquerade", Messages.of("network.masquerade"), extras.masquerade());
        DriverFields driver = extras.driver();
        Nodes.showWhen(icc, driver.isBridge());
        Nodes.showWhen(masquerade, driver.isBridge());
        return new CollapsibleSection(Messages.of("network.more"), "networkMore")
                .add(driverField(driver), driver.driver())
                .add(bridgeField(driver), driver.bridge())
                .add(parentField(driver), driver.parent())
                .add(optionsField(driver), driver.extra())
                .add(range, extras.range())
                .add(auxiliary, extras.auxiliary())
                .add(labelsField(extras.labels(), extras::labelsProblem), extras.labels())
                .add(mtuField(extras.mtu(), extras::mtuProblem), extras.mtu())
                .add(icc)
                .add(masquerade);
    }

    private static FormField managerField(NetworkForm form) {
        FormField field = new FormField(
                Messages.of("network.manager"),
                ComboBoxes.managers("networkManager", form.managers(), form.manager()),
                () -> "");
        Nodes.setShown(field.node(), !form.managers().isEmpty());
        return field;
    }

    private static FormField driverField(DriverFields choice) {
        return new FormField(
                Messages.of("network.driver"),
                ComboBoxes.drivers("networkDriver", choice.drivers(), choice.driver(), choice.ofEngine()),
                () -> "");
    }

    private static FormField bridgeField(DriverFields choice) {
        FormField field = FormField.text(
                        Messages.of("network.bridge"), "networkBridge", choice.bridge(), choice::bridgeProblem)
                .mono()
                .prompt(Messages.of("network.proposed"));
        Nodes.showWhen(field.node(), choice.isBridge());
        return field;
    }

    private static FormField parentField(DriverFields choice) {
        FormField field = FormField.text(
                        Messages.of("network.parent"), "networkParent", choice.parent(), choice::parentProblem)
                .mono()
                .prompt(String.join(", ", choice.links()))
                .hint(Messages.of("network.parent.hint"));
        Nodes.showWhen(field.node(), choice.hasParent());
        return field;
    }

    private static FormField optionsField(DriverFields choice) {
        FormField field = FormField.text(
                        Messages.of("network.options"), "networkOptions", choice.extra(), choice::extraProblem)
                .mono()
                .hint(Messages.of("network.options.hint"));
        Nodes.setShown(field.node(), choice.ofEngine());
        return field;
    }

    private static FormField labelsField(StringProperty text, Supplier<String> problem) {
        return FormField.text(Messages.of("network.labels"), "networkLabels", text, problem)
                .mono()
                .hint(Messages.of("network.labels.hint"));
    }

    private static FormField mtuField(StringProperty text, Supplier<String> problem) {
        return FormField.text(Messages.of("network.mtu"), "networkMtu", text, problem)
                .mono()
                .prompt("1500");
    }

    private static CheckBox checkBox(String id, String text, BooleanProperty property) {
        CheckBox box = new CheckBox(text);
        box.setId(id);
        box.selectedProperty().bindBidirectional(property);
        return box;
    }
}
