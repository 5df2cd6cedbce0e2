package dev.patchbay.app.publish;

import dev.patchbay.app.dialog.ChangeDialog;
import dev.patchbay.app.dialog.ChangePreview;
import dev.patchbay.app.dialog.ConfirmDialog;
import dev.patchbay.app.dialog.ConfirmForm;
import dev.patchbay.app.text.Messages;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// A dialog for a change that needs a new container. It lists the differences from the old container
/// above the steps.
public final class RecreateDialog {
    private static final String REMOVED = "- ";
    private static final String ADDED = "+ ";
    private static final String UNCHANGED = "  ";

    private RecreateDialog() {}

    /// @param container its name
    public static ChangeDialog of(String container, ConfirmForm form) {
        return ConfirmDialog.of(Messages.of("recreate.title", container), Messages.of("recreate.recreate"), form)
                .add(difference(form.preview()));
    }

    /// The differences between the old container and the new one.
    static VBox difference(ChangePreview preview) {
        VBox difference = new VBox(2);
        difference.setId("difference");
        preview.state().subscribe(state -> show(state, difference));
        return difference;
    }

    private static void show(ChangePreview.State state, VBox difference) {
        difference.getChildren().clear();
        if (state instanceof ChangePreview.State.Steps planned
                && !planned.steps().isEmpty()) {
            for (String line : planned.steps().getFirst().lines()) {
                switch (line.substring(0, Math.min(line.length(), REMOVED.length()))) {
                    case REMOVED -> difference.getChildren().add(row(line, "goes"));
                    case ADDED -> difference.getChildren().add(row(line, "comes"));
                    case UNCHANGED -> difference.getChildren().add(row(line, "stays"));
                    default -> {
                        // The steps show the command that found the differences.
                    }
                }
            }
        }
    }

    private static Label row(String line, String style) {
        Label row = new Label(line);
        row.setWrapText(true);
        row.getStyleClass().addAll("mono", "difference", style);
        return row;
    }
}
