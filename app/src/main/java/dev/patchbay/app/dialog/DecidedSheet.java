package dev.patchbay.app.dialog;

import dev.patchbay.app.viewmodel.form.DecidedForm;
import javafx.scene.control.Label;

/// A change with nothing to fill in: what stops, and the steps.
public final class DecidedSheet {
    private DecidedSheet() {}

    /// @param action the word on the button
    public static Sheet of(String title, String action, DecidedForm form) {
        Sheet sheet = new Sheet(title, action, form);
        for (String consequence : form.consequences()) {
            Label label = new Label("•  " + consequence);
            label.setWrapText(true);
            label.getStyleClass().add("consequence");
            sheet.add(label);
        }
        return sheet;
    }
}
