package dev.patchbay.app.window.inspector;

import dev.patchbay.app.text.Messages;
import dev.patchbay.app.viewmodel.InspectorViewModel;
import dev.patchbay.app.window.action.Actions;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Docker's inspect document of the selection: to read, to search, to copy and to keep.
final class InspectPane {
    private final VBox box = new VBox(8);
    private final TextArea text = new TextArea();
    private final TextField find = new TextField();

    InspectPane(InspectorViewModel model, Actions actions) {
        text.setId("inspectJson");
        text.setEditable(false);
        text.getStyleClass().addAll("mono", "json");
        text.setAccessibleText(Messages.of("inspect.accessible"));
        text.textProperty().bind(model.json());
        VBox.setVgrow(text, Priority.ALWAYS);
        find.setId("inspectFind");
        find.setPromptText(Messages.of("inspect.find"));
        find.setAccessibleText(Messages.of("inspect.find"));
        find.setOnAction(_ -> findNext());
        find.textProperty().subscribe(() -> {
            text.deselect();
            findNext();
        });
        HBox.setHgrow(find, Priority.ALWAYS);
        Button copy = new Button(Messages.of("inspect.copy"));
        copy.setId("inspectCopy");
        copy.setOnAction(_ -> copy());
        copy.setMinWidth(Region.USE_PREF_SIZE);
        Button export = new Button(Messages.of("inspect.export"));
        export.setId("inspectExport");
        export.setOnAction(_ -> actions.exportInspect());
        export.setMinWidth(Region.USE_PREF_SIZE);
        box.getChildren().addAll(new HBox(8, find, copy, export), text);
        box.getStyleClass().add("inspector-body");
        copy.disableProperty().bind(model.json().isEmpty());
    }

    Node node() {
        return box;
    }

    /// Selects the next place after the present one, from the top when there is none further down.
    private void findNext() {
        String wanted = find.getText().toLowerCase(Locale.ROOT);
        String all = text.getText() == null ? "" : text.getText().toLowerCase(Locale.ROOT);
        if (wanted.isEmpty()) {
            return;
        }
        int from =
                text.getSelection().getLength() == 0 ? 0 : text.getSelection().getEnd();
        int at = all.indexOf(wanted, from);
        if (at < 0) {
            at = all.indexOf(wanted);
        }
        if (at >= 0) {
            text.selectRange(at, at + wanted.length());
        }
    }

    private void copy() {
        ClipboardContent content = new ClipboardContent();
        content.putString(text.getText());
        Clipboard.getSystemClipboard().setContent(content);
    }
}
