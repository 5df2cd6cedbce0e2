package dev.patchbay.app.window;

import dev.patchbay.app.action.ActionCatalogue;
import dev.patchbay.app.action.ActionId;
import dev.patchbay.app.hosts.Notification;
import dev.patchbay.app.style.Icons;
import dev.patchbay.app.text.Messages;
import dev.patchbay.app.text.RefusalText;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;

/// The line at the bottom of the canvas that reports the last action, with an Undo button, or a failure.
final class NotificationBar {
    private static final double MAX_TEXT_WIDTH = 520;

    private final HBox bar = new HBox(10);
    private final Label text = new Label();

    NotificationBar(WindowViewModel model, ActionCatalogue catalogue) {
        Button undo = catalogue.textButton(ActionId.UNDO, "noticeUndo");
        text.setId("notice");
        text.setWrapText(true);
        text.setMaxWidth(MAX_TEXT_WIDTH);
        undo.getStyleClass().addAll("flat", "accent", "small");
        undo.setMinWidth(Region.USE_PREF_SIZE);
        Button dismiss = Icons.button(
                "dismissNotice",
                MaterialDesignC.CLOSE,
                Messages.of("notice.dismiss"),
                () -> model.host().dismissNotification());
        dismiss.getStyleClass().addAll("flat", "small");
        bar.getStyleClass().add("notice");
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getChildren().addAll(text, undo, dismiss);
        bar.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        model.host().notification().subscribe(this::show);
        // Undo is offered only while it would undo the action that the line reports.
        undo.visibleProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> model.host().notification().get() instanceof Notification notice
                                && notice.activityNumber() != 0
                                && model.undo().takesBack(notice.activityNumber()),
                        model.host().notification(),
                        model.host().topology(),
                        model.undo().undoable()));
        undo.managedProperty().bind(undo.visibleProperty());
    }

    Node node() {
        return bar;
    }

    private void show(@Nullable Notification notice) {
        bar.setVisible(notice != null);
        bar.getStyleClass().remove("error");
        if (notice == null) {
            return;
        }
        String words = RefusalText.joined(notice.sentence(), notice.advice());
        text.setText(words);
        if (notice.kind() == Notification.Kind.ERROR) {
            bar.getStyleClass().add("error");
        }
        bar.setAccessibleText(words);
    }
}
