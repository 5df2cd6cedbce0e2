package dev.patchbay.app.window;

import dev.patchbay.app.action.Shortcut;
import dev.patchbay.app.action.Shortcut.Scope;
import dev.patchbay.app.canvas.TopologyCanvas;
import dev.patchbay.app.canvas.drag.DragTooltip;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Network;
import dev.patchbay.core.model.PublishedPort;
import dev.patchbay.core.model.Topology;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javafx.event.EventHandler;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TreeView;
import javafx.scene.control.skin.ComboBoxListViewSkin;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.PopupWindow;
import org.jspecify.annotations.Nullable;

/// The one place where the keys of the window are dispatched, by where the focus is: see [Shortcut.Scope].
final class Shortcuts {
    private static final EventHandler<KeyEvent> LIST_KEYS = event -> {
        if ((event.getCode() == KeyCode.ESCAPE || event.getCode() == KeyCode.ENTER)
                && event.getSource() instanceof PopupWindow list
                && list.getOwnerNode() instanceof ComboBox<?> box) {
            box.hide();
            event.consume();
        }
    };

    private final WindowViewModel model;
    private final WindowActions actions;
    private final ContextMenus menus;
    private final ExportActions exports;
    private final TopologyCanvas picture;
    private final WindowCommands windowCommands;

    /// What keys do to the window itself.
    ///
    /// @param helpShown the help lies over everything
    /// @param covered something lies over the picture that has keys of its own: a form, or the help
    /// @param escape closes what is open, the innermost thing first
    /// @param help shows the keys, or hides them
    /// @param region gives the focus to the next part of the window, or with false to the one before
    /// @param offer shows items to choose from, for a key that could mean several things
    record WindowCommands(
            Runnable search,
            BooleanSupplier helpShown,
            BooleanSupplier covered,
            Runnable escape,
            Consumer<List<MenuItem>> offerMenu,
            Runnable help,
            Consumer<Boolean> moveFocus) {}

    Shortcuts(
            WindowViewModel model,
            WindowActions actions,
            ContextMenus menus,
            ExportActions exports,
            TopologyCanvas picture,
            WindowCommands surroundings) {
        this.model = model;
        this.actions = actions;
        this.menus = menus;
        this.exports = exports;
        this.picture = picture;
        this.windowCommands = surroundings;
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
        Shortcut.of(event, scope(event))
                .filter(shortcut -> perform(shortcut, event))
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
    private boolean perform(Shortcut shortcut, KeyEvent event) {
        switch (shortcut) {
            case NEW_NETWORK -> actions.newNetwork();
            case RUN_CONTAINER -> actions.runContainer();
            case CONNECT -> connect();
            case DISCONNECT -> disconnect();
            case PUBLISH -> onContainer(container -> actions.publish(container, null), Messages.of("hint.publish"));
            case UNPUBLISH -> unpublish();
            case REMOVE -> removeSelected();
            case UNDO, REDO -> {
                if (event.getTarget() instanceof TextInputControl text && text.isEditable()) {
                    return false;
                }
                if (shortcut == Shortcut.UNDO) {
                    actions.undo();
                } else {
                    actions.redo();
                }
            }
            case COMPOSE -> actions.applyCompose();
            case EXPORT -> windowCommands.offerMenu().accept(exports.items());
            case SEARCH -> windowCommands.search().run();
            case FIT -> picture.fit();
            case NEXT_REGION -> windowCommands.moveFocus().accept(!event.isShiftDown());
            case COPY -> {
                return copyDrag();
            }
            case ESCAPE -> windowCommands.escape().run();
            case HELP -> windowCommands.help().run();
            case ZOOM, MOVE_FOCUS, OPEN, MENU, NEXT_CONTROL -> {
                return false;
            }
        }
        return true;
    }

    private boolean copyDrag() {
        if (model.drag().tooltip().get() instanceof DragTooltip drag
                && !drag.command().isEmpty()) {
            actions.copy(drag.command());
            return true;
        }
        return false;
    }

    private @Nullable Topology topology() {
        return model.host().topology().get();
    }

    /// The selected container, or the one whose port is selected.
    private @Nullable Container selectedContainer() {
        Topology topology = topology();
        PublishedPort port = selectedPort();
        if (port != null) {
            return port.container();
        }
        return topology != null && model.selected().get() instanceof Selection.OfContainer(var id)
                ? topology.container(id)
                : null;
    }

    private @Nullable Network selectedNetwork() {
        Topology topology = topology();
        return topology != null && model.selected().get() instanceof Selection.OfNetwork(var id)
                ? topology.network(id)
                : null;
    }

    private @Nullable PublishedPort selectedPort() {
        Topology topology = topology();
        return topology != null && model.selected().get() instanceof Selection.OfPort(var id)
                ? topology.port(id)
                : null;
    }

    private void onContainer(Consumer<Container> action, String hint) {
        Container container = selectedContainer();
        if (container == null) {
            actions.hint(hint);
        } else {
            action.accept(container);
        }
    }

    private void connect() {
        Network network = selectedNetwork();
        if (network == null) {
            onContainer(actions::connect, Messages.of("hint.connect"));
        } else {
            actions.connect(network);
        }
    }

    private void disconnect() {
        Topology topology = topology();
        onContainer(
                container -> chooseOrRun(topology == null ? List.of() : menus.disconnectItems(topology, container)),
                Messages.of("hint.disconnect"));
    }

    private void unpublish() {
        PublishedPort port = selectedPort();
        if (port == null) {
            onContainer(container -> chooseOrRun(menus.unpublishItems(container)), Messages.of("hint.unpublish"));
        } else {
            actions.unpublish(port);
        }
    }

    private void removeSelected() {
        Network network = selectedNetwork();
        PublishedPort port = selectedPort();
        if (network != null) {
            actions.remove(network);
        } else if (port != null) {
            actions.unpublish(port);
        } else {
            onContainer(actions::remove, Messages.of("hint.remove"));
        }
    }

    private void chooseOrRun(List<MenuItem> items) {
        if (items.size() == 1) {
            items.getFirst().fire();
        } else if (!items.isEmpty()) {
            windowCommands.offerMenu().accept(items);
        } else {
            actions.hint(Messages.of("hint.nothingToChoose"));
        }
    }
}
