package dev.patchbay.app.dialog;

import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// A dialog for a change without input: it shows what the change stops, and the steps.
public final class ConfirmDialog {
    private static final double MARK_GAP = 7;

    private ConfirmDialog() {}

    /// @param action the label of the button
    public static ChangeDialog of(String title, String action, ConfirmForm form) {
        ChangeDialog dialog = new ChangeDialog(title, action, form);
        for (String consequence : form.consequences()) {
            // A label of its own for the bullet, so that wrapped lines align with the text.
            Label words = new Label(consequence);
            words.setWrapText(true);
            words.getStyleClass().add("consequence");
            Label mark = new Label("•");
            mark.setMinWidth(Region.USE_PREF_SIZE);
            dialog.add(new HBox(MARK_GAP, mark, words));
        }
        return dialog;
    }
}
