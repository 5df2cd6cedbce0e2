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

/// The one place where the keys of the window are dispatched, by where the focus is: see [Scope].
final class Shortcuts {
    private static final EventHandler<KeyEvent> LIST_KEYS = event -> {
        if ((event.getCode() == KeyCode.ESCAPE || event.getCode() == KeyCode.ENTER)
                && event.getSource() instanceof PopupWindow list
                && list.getOwnerNode() instanceof ComboBox<?> box) {
            box.hide();
            event.consume();
        }
    };

    private final ActionCatalogue catalogue;
    private final TopologyCanvas picture;
    private final WindowCommands windowCommands;

    /// What keys do to the window itself.
    ///
    /// @param helpShown the help lies over everything
    /// @param covered something lies over the picture that has keys of its own: a form, the palette or the help
    /// @param escape closes what is open, the innermost thing first
    /// @param moveFocus gives the focus to the next part of the window, or with false to the one before
    /// @param copyDragCommand copies the command of the drag; false without a drag
    record WindowCommands(
            BooleanSupplier helpShown,
            BooleanSupplier covered,
            Runnable escape,
            Consumer<Boolean> moveFocus,
            BooleanSupplier copyDragCommand) {}

    Shortcuts(ActionCatalogue catalogue, TopologyCanvas picture, WindowCommands windowCommands) {
        this.catalogue = catalogue;
        this.picture = picture;
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
        return event.getTarget() == picture ? Scope.PICTURE : Scope.WINDOW;
    }

    /// Where Esc would end up with something that has no use for it, or has to wait: whatever has the focus
    /// lies below the help, and the picture below a form; tables and lists take it for the end of an edit,
    /// which none of them has.
    private boolean needsEscapeFilter(@Nullable Node focused) {
        return windowCommands.helpShown().getAsBoolean()
                || focused instanceof TableView
                || focused instanceof ListView
                || focused instanceof TreeView
                || (focused == picture && windowCommands.covered().getAsBoolean() && !picture.isDragging());
    }

    /// A list that is open takes the keys that choose from it and close it; its box and the form would act
    /// on them, too.
    private static void confineKeysTo(ComboBox<?> box) {
        if (box.getSkin() instanceof ComboBoxListViewSkin<?> skin
                && skin.getPopupContent().getScene() instanceof Scene list) {
            // The same handler is not added twice.
            list.getWindow().addEventHandler(KeyEvent.KEY_PRESSED, LIST_KEYS);
        }
    }

    /// @return false when the key is not for this
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
