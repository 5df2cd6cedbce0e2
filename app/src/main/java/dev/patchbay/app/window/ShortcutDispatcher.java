package dev.patchbay.app.window;

import dev.patchbay.app.action.ActionCatalogue;
import dev.patchbay.app.action.ActionId;
import dev.patchbay.app.action.Shortcut.Scope;
import dev.patchbay.app.canvas.TopologyCanvas;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javafx.event.EventHandler;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TreeView;
import javafx.scene.control.skin.ComboBoxListViewSkin;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.PopupWindow;
import org.jspecify.annotations.Nullable;

/// Dispatches all shortcuts of the window by the place of the focus: see [Scope].
final class ShortcutDispatcher {
    private static final EventHandler<KeyEvent> LIST_KEYS = event -> {
        if ((event.getCode() == KeyCode.ESCAPE || event.getCode() == KeyCode.ENTER)
                && event.getSource() instanceof PopupWindow list
                && list.getOwnerNode() instanceof ComboBox<?> box) {
            box.hide();
            event.consume();
        }
    };

    private final ActionCatalogue catalogue;
    private final TopologyCanvas canvas;
    private final WindowCommands windowCommands;

    /// What shortcuts do to the window itself.
    ///
    /// @param helpShown whether the help covers the window
    /// @param covered whether a form, the palette or the help covers the canvas and handles keys itself
    /// @param escape closes the innermost thing that is open
    /// @param moveFocus focuses the next part of the window, or with false the previous one
    /// @param copyDragCommand copies the command of the drag; false when nothing is dragged
    record WindowCommands(
            BooleanSupplier helpShown,
            BooleanSupplier covered,
            Runnable escape,
            Consumer<Boolean> moveFocus,
            BooleanSupplier copyDragCommand) {}

    ShortcutDispatcher(ActionCatalogue catalogue, TopologyCanvas canvas, WindowCommands windowCommands) {
        this.catalogue = catalogue;
        this.canvas = canvas;
        this.windowCommands = windowCommands;
    }

    void install(Scene scene) {
        scene.addEventHandler(KeyEvent.KEY_PRESSED, this::dispatch);
        scene.addEventHandler(KeyEvent.KEY_TYPED, this::dispatch);
        scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && needsEscapeFilter(scene.getFocusOwner())) {
                windowCommands.escape().run();
                event.consume();
            }
        });
        scene.addEventHandler(ComboBoxBase.ON_SHOWN, event -> {
            if (event.getTarget() instanceof ComboBox<?> box) {
                confineKeysTo(box);
            }
        });
    }

    private void dispatch(KeyEvent event) {
        ActionId.of(event, scope(event))
                .filter(action -> perform(action, event))
                .ifPresent(_ -> event.consume());
    }

    private Scope scope(KeyEvent event) {
        if (windowCommands.covered().getAsBoolean()) {
            return Scope.EVERYWHERE;
        }
        return event.getTarget() == canvas ? Scope.CANVAS : Scope.WINDOW;
    }

    /// Whether Esc must be handled before the focused node gets it. The help covers every node and a
    /// form covers the canvas, so the node below must not get it. Tables and lists would consume it as
    /// the end of an edit, and none of them can be edited.
    private boolean needsEscapeFilter(@Nullable Node focused) {
        return windowCommands.helpShown().getAsBoolean()
                || focused instanceof TableView
                || focused instanceof ListView
                || focused instanceof TreeView
                || (focused == canvas && windowCommands.covered().getAsBoolean() && !canvas.isDragging());
    }

    /// Keeps the keys that choose from an open list inside the list; its combo box and the form would
    /// handle them as well.
    private static void confineKeysTo(ComboBox<?> box) {
        if (box.getSkin() instanceof ComboBoxListViewSkin<?> skin
                && skin.getPopupContent().getScene() instanceof Scene list) {
            // JavaFX adds the same handler only once.
            list.getWindow().addEventHandler(KeyEvent.KEY_PRESSED, LIST_KEYS);
        }
    }

    /// @return false when the action is not one of the window itself
    private boolean perform(ActionId action, KeyEvent event) {
        switch (action) {
            case UNDO, REDO -> {
                if (event.getTarget() instanceof TextInputControl text && text.isEditable()) {
                    return false;
                }
                catalogue.perform(action);
            }
            case NEXT_REGION -> windowCommands.moveFocus().accept(!event.isShiftDown());
            case COPY -> {
                return windowCommands.copyDragCommand().getAsBoolean();
            }
            case ESCAPE -> windowCommands.escape().run();
            default -> catalogue.perform(action);
        }
        return true;
    }
}
