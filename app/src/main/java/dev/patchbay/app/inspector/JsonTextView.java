package dev.patchbay.app.inspector;

import dev.patchbay.app.control.CopySupport;
import dev.patchbay.app.text.Messages;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// The document as lines of text; only visible lines are laid out.
final class JsonTextView {
    private final ListView<String> view = new ListView<>();

    JsonTextView() {
        view.setId("inspectText");
        view.getStyleClass().addAll("json-view", "json-lines", "dense");
        view.setFixedCellSize(18);
        view.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        view.setAccessibleText(Messages.of("inspect.accessible"));
        view.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.isShortcutDown() && event.getCode() == KeyCode.C) {
                CopySupport.copy(String.join("\n", view.getSelectionModel().getSelectedItems()));
                event.consume();
            }
        });
    }

    ListView<String> node() {
        return view;
    }

    void show(JsonDocument document) {
        view.getItems().setAll(document.lines());
    }

    void reveal(int line) {
        view.getSelectionModel().clearAndSelect(line);
        view.scrollTo(Math.max(0, line - 3));
    }
}
