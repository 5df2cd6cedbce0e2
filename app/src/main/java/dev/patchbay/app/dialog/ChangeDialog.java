package dev.patchbay.app.dialog;

import dev.patchbay.app.control.CopySupport;
import dev.patchbay.app.text.Messages;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A dialog for a change: title, fields, steps and buttons. Enter applies the change. Esc closes the
/// dialog and keeps the typed values; Cancel discards them.
public final class ChangeDialog {
    private final VBox card = new VBox(12);
    private final VBox body = new VBox(10);
    private final ChangeForm form;
    private final List<FormField> fields = new ArrayList<>();
    private final Button apply = new Button();
    private Runnable onClose = () -> {};

    /// @param action the label of the button that applies the change
    public ChangeDialog(String title, String action, ChangeForm form) {
        this.form = form;
        Label heading = new Label(title);
        heading.getStyleClass().add("sheet-title");
        card.setId("sheet");
        card.setAccessibleText(title);
        card.getStyleClass().add("change-sheet");
        card.getChildren()
                .addAll(
                        heading,
                        new FormScrollPane(body).node(),
                        new StepsPane(form.preview()).node(),
                        buttons(action));
        card.addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
        form.preview().state().subscribe(() -> fields.forEach(FormField::validate));
    }

    private Node buttons(String action) {
        apply.setText(action);
        apply.setId("apply");
        apply.getStyleClass().add("accent");
        apply.disableProperty().bind(form.preview().applicable().not());
        apply.setOnAction(_ -> apply());
        Button cancel = new Button(Messages.of("sheet.cancel"));
        cancel.setId("cancel");
        cancel.setOnAction(_ -> {
            form.preview().discard();
            close();
        });
        Button copy = new Button(Messages.of("sheet.copy"));
        copy.setId("copyCommand");
        copy.getStyleClass().addAll("flat", "copy-command");
        copy.setOnAction(_ -> copyCommand());
        copy.disableProperty().bind(form.preview().state().map(state -> !(state instanceof ChangePreview.State.Steps)));
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox row = new HBox(8, copy, gap, cancel, apply);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    public ChangeDialog add(FormField field, ObservableValue<?> watched) {
        fields.add(field);
        watched.subscribe(field::validate);
        return add(field.node());
    }

    public ChangeDialog add(CollapsibleSection section) {
        fields.addAll(section.fields());
        return add(section.node());
    }

    public ChangeDialog add(Node node) {
        body.getChildren().add(node);
        return this;
    }

    Node node() {
        return card;
    }

    void setOnClose(Runnable listener) {
        onClose = listener;
    }

    /// Focuses the first input field.
    void focusFirstField() {
        // A scroll pane adds its content to the scene only after the first layout pass.
        card.applyCss();
        card.layout();
        Node field = body.lookup(".text-field");
        Node choice = field == null ? body.lookup(".combo-box") : field;
        (choice == null ? apply : choice).requestFocus();
    }

    private void keyPressed(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            close();
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER && !(event.getTarget() instanceof Button)) {
            apply();
            event.consume();
        }
    }

    private void apply() {
        if (!apply.isDisabled()) {
            form.preview().apply(this::close);
        }
    }

    private void copyCommand() {
        if (form.preview().state().get() instanceof ChangePreview.State.Steps planned) {
            CopySupport.copy(planned.title());
        }
    }

    private void close() {
        onClose.run();
    }
}
