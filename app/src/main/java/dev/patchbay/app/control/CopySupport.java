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

/// Copies the selected rows of a table or list to the clipboard: with Ctrl+C, from the context menu, or
/// with a button of the owner.
public final class CopySupport {
    /// Distance of a menu opened with a key from the left edge of its row, in pixels.
    private static final double INDENT = 24;

    private final Supplier<String> text;

    /// @param text of the selection; empty without one
    public CopySupport(Supplier<String> text) {
        this.text = text;
    }

    /// Gives the rows a context menu, for the right button and for the menu key.
    ///
    /// @param what is copied, as the label of the menu item
    public void installOn(Control rows, String what, MenuItem... more) {
        MenuItem copy = new MenuItem(Messages.of("copy.item", what));
        copy.setId(rows.getId() + "MenuCopy");
        copy.setOnAction(_ -> copy());
        ContextMenu menu = new ContextMenu(copy);
        menu.getItems().addAll(List.of(more));
        menu.setOnShowing(_ -> copy.setDisable(text.get().isEmpty()));
        // On some desktops the menu key causes this event as well; the menu is open already then.
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

    /// The bounds of the selected row on the screen, or of the whole control when no selected row is
    /// visible.
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

    /// Copies the text to the clipboard; does nothing with an empty text.
    public static void copy(String text) {
        if (!text.isEmpty()) {
            ClipboardContent content = new ClipboardContent();
            content.putString(text);
            Clipboard.getSystemClipboard().setContent(content);
        }
    }
}
