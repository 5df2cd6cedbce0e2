package dev.patchbay.app.publish;

import dev.patchbay.app.dialog.ChangeDialog;
import dev.patchbay.app.dialog.FormField;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.PublishedPort;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/// The dialog that changes where a port is published.
public final class RepublishDialog {
    private RepublishDialog() {}

    public static ChangeDialog of(RepublishForm form) {
        PublishedPort published = form.published();
        String container = published.container().name();
        FormField address = FormField.text(
                        Messages.of("republish.address"), "republishAddress", form.address(), form::addressProblem)
                .mono();
        FormField hostPort = FormField.text(
                        Messages.of("publish.hostPort"), "republishHostPort", form.hostPort(), form::hostPortProblem)
                .mono();
        form.address().subscribe(address::validate);
        form.hostPort().subscribe(hostPort::validate);
        HBox.setHgrow(address.node(), Priority.ALWAYS);
        ChangeDialog dialog = new ChangeDialog(
                        Messages.of("republish.title", published.port().containerPortText(), container),
                        Messages.of("republish.republish"),
                        form)
                .add(new HBox(10, address.node(), hostPort.node()));
        if (form.recreates()) {
            return dialog.add(remark(Messages.of("recreate.stops", container)))
                    .add(remark(Messages.of("recreate.putBack")))
                    .add(RecreateDialog.difference(form.preview()));
        }
        return dialog.add(remark(Messages.of("republish.connections")));
    }

    private static Label remark(String sentence) {
        Label remark = new Label(sentence);
        remark.setWrapText(true);
        remark.getStyleClass().add("field-remark");
        return remark;
    }
}
