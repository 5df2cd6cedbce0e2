package dev.patchbay.app.control;

import dev.patchbay.app.text.Messages;
import java.util.List;
import java.util.function.Supplier;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Control;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.MenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// What is selected in a table or list goes to the clipboard: by Ctrl+C, by its menu, or by a button of the owner's.
public final class CopySupport {
    /// Of a menu that a key has opened, from the left edge of its row, in pixels.
    private static final double INDENT = 24;

    private final Supplier<String> text;

    /// @param text of the selection; empty when there is none
    public CopySupport(Supplier<String> text) {
        this.text = text;
    }

    /// Gives the rows a menu, by the right button and by the menu key.
    ///
    /// @param what is copied, as the words of its item
    public void installOn(Control rows, String what, MenuItem... more) {
        MenuItem copy = new MenuItem(Messages.of("copy.item", what));
        copy.setId(rows.getId() + "MenuCopy");
        copy.setOnAction(_ -> copy());
        ContextMenu menu = new ContextMenu(copy);
        menu.getItems().addAll(List.of(more));
        menu.setOnShowing(_ -> copy.setDisable(text.get().isEmpty()));
        // Where the desktop asks for the menu by the key as well, it is there already.
        rows.setOnContextMenuRequested(event -> {
            if (!menu.isShowing()) {
                menu.show(rows, event.getScreenX(), event.getScreenY());
            }
            event.consume();
        });
        rows.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.isShortcutDown() && event.getCode() == KeyCode.C) {
                copy();
                event.consume();
            } else if (event.getCode() == KeyCode.CONTEXT_MENU
                    || (event.getCode() == KeyCode.F10 && event.isShiftDown())) {
                Bounds row = selectedRow(rows);
                menu.show(rows, row.getMinX() + INDENT, row.getMaxY());
                event.consume();
            }
        });
    }

    /// On the screen; the whole of the rows where none is selected in sight.
    private static Bounds selectedRow(Control rows) {
        Node row = rows.lookupAll(".indexed-cell").stream()
                .filter(node -> node instanceof IndexedCell<?> cell && cell.isSelected() && cell.isVisible())
                .findFirst()
                .orElse(rows);
        return row.localToScreen(row.getLayoutBounds());
    }

    public void copy() {
        copy(text.get());
    }

    /// Puts the text on the clipboard; nothing when it is empty.
    public static void copy(String text) {
        if (!text.isEmpty()) {
            ClipboardContent content = new ClipboardContent();
            content.putString(text);
            Clipboard.getSystemClipboard().setContent(content);
        }
    }
}
