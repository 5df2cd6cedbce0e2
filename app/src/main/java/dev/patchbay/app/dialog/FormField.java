package dev.patchbay.app.dialog;

import dev.patchbay.app.control.Nodes;
import java.util.function.Supplier;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.controlsfx.control.decoration.Decoration;
import org.controlsfx.control.decoration.Decorator;
import org.controlsfx.control.decoration.StyleClassDecoration;

/// A control with its label above and its problem below. The problem is updated while the person types.
public final class FormField {
    private static final Decoration INVALID = new StyleClassDecoration("field-wrong");

    private final VBox box = new VBox(4);
    private final Control control;
    private final Label message = new Label();
    private final Supplier<String> problem;
    private String hint = "";

    /// @param problem empty for a valid value
    public FormField(String label, Control control, Supplier<String> problem) {
        this.control = control;
        this.problem = problem;
        Label name = new Label(label);
        name.getStyleClass().add("field-label");
        name.setLabelFor(control);
        control.setAccessibleText(label);
        control.setMaxWidth(Double.MAX_VALUE);
        message.getStyleClass().add("field-remark");
        message.setWrapText(true);
        box.getChildren().addAll(name, control, message);
        box.getStyleClass().add("field");
        validate();
    }

    /// @param id of the text field
    public static FormField text(String label, String id, StringProperty text, Supplier<String> problem) {
        TextField field = new TextField();
        field.setId(id);
        field.textProperty().bindBidirectional(text);
        return new FormField(label, field, problem);
    }

    /// Uses the fixed-pitch font.
    public FormField mono() {
        control.getStyleClass().add("mono");
        return this;
    }

    /// Sets the prompt of a text field.
    public FormField prompt(String text) {
        ((TextField) control).setPromptText(text);
        return this;
    }

    /// Shows a proposal as the prompt of the text field.
    public FormField prompt(ObservableValue<String> text) {
        ((TextField) control).promptTextProperty().bind(text);
        return this;
    }

    public Node node() {
        return box;
    }

    /// Shows a hint below the control while there is no problem.
    public FormField hint(String text) {
        hint = text;
        validate();
        return this;
    }

    /// Validates the value again.
    public void validate() {
        String wrong = problem.get();
        boolean decorated = control.getStyleClass().contains("field-wrong");
        if (wrong.isEmpty() && decorated) {
            Decorator.removeDecoration(control, INVALID);
        } else if (!wrong.isEmpty() && !decorated) {
            Decorator.addDecoration(control, INVALID);
        }
        String text = wrong.isEmpty() ? hint : wrong;
        message.setText(text);
        message.getStyleClass().removeAll("wrong");
        if (!wrong.isEmpty()) {
            message.getStyleClass().add("wrong");
        }
        Nodes.setShown(message, !text.isEmpty());
        control.setAccessibleHelp(text);
    }
}
