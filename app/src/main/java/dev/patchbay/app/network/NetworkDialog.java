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
        TextField subnet = mono("networkSubnet", form.subnet());
        TextField gateway = mono("networkGateway", form.gateway());
        FormField subnetField = new FormField(Messages.of("network.subnet"), subnet, form::subnetProblem);
        FormField gatewayField = new FormField(Messages.of("network.gateway"), gateway, form::gatewayProblem);
        // The proposal stands in the field itself until something is typed there.
        subnet.promptTextProperty().bind(form.proposedSubnet());
        gateway.promptTextProperty().bind(form.proposedGateway());
        subnetField.hint(Messages.of("network.subnet.hint"));
        TextField subnet6 = mono("networkSubnet6", form.subnet6());
        subnet6.setPromptText(Messages.of("network.proposed"));
        FormField subnet6Field = new FormField(Messages.of("network.subnet6"), subnet6, form::subnet6Problem);
        showWhen(form.ipv6(), subnet6Field.node());
        return new ChangeDialog(Messages.of("network.title"), Messages.of("network.create"), form)
                .add(
                        new FormField(
                                Messages.of("network.name"), plain("networkName", form.name()), form::nameProblem),
                        form.name())
                .add(wiring(form), form.wiring())
                .add(subnetField, form.subnet())
                .add(gatewayField, form.gateway())
                .add(check("networkInternal", Messages.of("network.internal"), form.internal()))
                .add(check("networkIpv6", Messages.of("network.ipv6"), form.ipv6()))
                .add(subnet6Field, form.subnet6())
                .add(more(form.extras()));
    }

    public static ChangeDialog of(NetworkEditForm form) {
        return new ChangeDialog(
                        Messages.of("network.edit.title", form.network().name()),
                        Messages.of("network.edit.apply"),
                        form)
                .add(
                        new FormField(
                                Messages.of("network.name"), plain("networkName", form.name()), form::nameProblem),
                        form.name())
                .add(labels(form.labels(), form::labelsProblem), form.labels())
                .add(mtu(form.mtu(), form::mtuProblem), form.mtu());
    }

    private static CollapsibleSection more(AdvancedNetworkFields extras) {
        FormField range =
                new FormField(Messages.of("network.range"), mono("networkRange", extras.range()), extras::rangeProblem);
        range.hint(Messages.of("network.range.hint"));
        FormField auxiliary = new FormField(
                Messages.of("network.aux"), mono("networkAux", extras.auxiliary()), extras::auxiliaryProblem);
        auxiliary.hint(Messages.of("network.aux.hint"));
        CheckBox icc = check("networkIcc", Messages.of("network.icc"), extras.icc());
        CheckBox masquerade = check("networkMasquerade", Messages.of("network.masquerade"), extras.masquerade());
        DriverFields driver = extras.driver();
        showWhen(driver.isBridge(), icc);
        showWhen(driver.isBridge(), masquerade);
        return new CollapsibleSection(Messages.of("network.more"), "networkMore")
                .add(driver(driver), driver.driver())
                .add(bridge(driver), driver.bridge())
                .add(parent(driver), driver.parent())
                .add(range, extras.range())
                .add(auxiliary, extras.auxiliary())
                .add(labels(extras.labels(), extras::labelsProblem), extras.labels())
                .add(mtu(extras.mtu(), extras::mtuProblem), extras.mtu())
                .add(icc)
                .add(masquerade);
    }

    private static FormField wiring(NetworkForm form) {
        FormField field = new FormField(
                Messages.of("network.wiring"),
                ComboBoxes.wirings("networkWiring", form.wirings(), form.wiring()),
                () -> "");
        field.node().setVisible(!form.wirings().isEmpty());
        field.node().setManaged(!form.wirings().isEmpty());
        return field;
    }

    private static FormField driver(DriverFields choice) {
        return new FormField(
                Messages.of("network.driver"),
                ComboBoxes.drivers("networkDriver", DriverFields.drivers(), choice.driver()),
                () -> "");
    }

    private static FormField bridge(DriverFields choice) {
        TextField control = mono("networkBridge", choice.bridge());
        control.setPromptText(Messages.of("network.proposed"));
        FormField field = new FormField(Messages.of("network.bridge"), control, choice::bridgeProblem);
        showWhen(choice.isBridge(), field.node());
        return field;
    }

    private static FormField parent(DriverFields choice) {
        TextField control = mono("networkParent", choice.parent());
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

    private static FormField labels(StringProperty text, Supplier<String> problem) {
        FormField field = new FormField(Messages.of("network.labels"), mono("networkLabels", text), problem);
        field.hint(Messages.of("network.labels.hint"));
        return field;
    }

    private static FormField mtu(StringProperty text, Supplier<String> problem) {
        TextField control = mono("networkMtu", text);
        control.setPromptText("1500");
        return new FormField(Messages.of("network.mtu"), control, problem);
    }

    private static CheckBox check(String id, String text, BooleanProperty property) {
        CheckBox box = new CheckBox(text);
        box.setId(id);
        box.selectedProperty().bindBidirectional(property);
        return box;
    }

    private static TextField plain(String id, StringProperty text) {
        TextField field = new TextField();
        field.setId(id);
        field.textProperty().bindBidirectional(text);
        return field;
    }

    private static TextField mono(String id, StringProperty text) {
        TextField field = plain(id, text);
        field.getStyleClass().add("mono");
        return field;
    }
}
