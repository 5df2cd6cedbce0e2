package dev.patchbay.app.window;

import dev.patchbay.app.canvas.Selected;
import dev.patchbay.app.canvas.gesture.Note;
import dev.patchbay.app.text.Messages;
import dev.patchbay.app.viewmodel.PatchbayViewModel;
import dev.patchbay.app.viewmodel.Ports;
import dev.patchbay.app.window.action.Actions;
import dev.patchbay.app.window.action.Exports;
import dev.patchbay.app.window.action.Menus;
import dev.patchbay.core.topology.Container;
import dev.patchbay.core.topology.Network;
import dev.patchbay.core.topology.Topology;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/// The keys of the whole window. A key without Ctrl belongs to a text field while one has the focus.
final class Keys {
    private final PatchbayViewModel model;
    private final Actions actions;
    private final Menus menus;
    private final Exports exports;
    private final Surroundings surroundings;
    private boolean swallowTyped;

    /// What keys do to the window itself.
    ///
    /// @param help shows the keys, or hides them
    /// @param region gives the focus to the next part of the window, or with false to the one before
    /// @param offer shows items to choose from, for a key that could mean several things
    record Surroundings(
            Runnable search,
            Runnable fit,
            Runnable escape,
            Consumer<List<MenuItem>> offer,
            Runnable help,
            Consumer<Boolean> region) {}

    Keys(PatchbayViewModel model, Actions actions, Menus menus, Exports exports, Surroundings surroundings) {
        this.model = model;
        this.actions = actions;
        this.menus = menus;
        this.surroundings = surroundings;
        this.exports = exports;
    }

    void listenTo(Scene scene) {
        scene.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            boolean typing = scene.getFocusOwner() instanceof TextInputControl text && text.isEditable();
            if (everywhere(event)) {
                event.consume();
            } else if (event.isShortcutDown() ? withControl(event, typing) : !typing && plain(event)) {
                event.consume();
                swallowTyped = true;
            }
        });
        // Tables and lists take Esc for the end of an edit, which none of them has.
        scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && isList(scene.getFocusOwner())) {
                surroundings.escape().run();
                event.consume();
            }
        });
        // The letter of a key that opened a dialog would otherwise be typed into its first field.
        scene.addEventFilter(KeyEvent.KEY_TYPED, event -> {
            if (swallowTyped) {
                event.consume();
            }
        });
        scene.addEventFilter(KeyEvent.KEY_RELEASED, _ -> swallowTyped = false);
    }

    private static boolean isList(@Nullable Node node) {
        return node instanceof TableView || node instanceof ListView || node instanceof TreeView;
    }

    /// Keys that no text field has a use for.
    private boolean everywhere(KeyEvent event) {
        if (event.getCode() == KeyCode.F1) {
            surroundings.help().run();
        } else if (event.getCode() == KeyCode.F6) {
            surroundings.region().accept(!event.isShiftDown());
        } else {
            return false;
        }
        return true;
    }

    private boolean withControl(KeyEvent event, boolean typing) {
        KeyCode code = event.getCode();
        if (code == KeyCode.F) {
            surroundings.search().run();
        } else if (code == KeyCode.E) {
            surroundings.offer().accept(exports.items());
        } else if (code == KeyCode.C
                && model.gestures().note().get() instanceof Note drag
                && !drag.command().isEmpty()) {
            actions.copy(drag.command());
        } else if (code == KeyCode.O) {
            actions.applyCompose();
        } else if (code == KeyCode.Z && !typing) {
            if (event.isShiftDown()) {
                actions.redo();
            } else {
                actions.undo();
            }
        } else {
            return false;
        }
        return true;
    }

    private boolean plain(KeyEvent event) {
        if (event.isAltDown() || event.isMetaDown()) {
            return false;
        }
        switch (event.getCode()) {
            case N -> actions.newNetwork();
            case R -> actions.runContainer();
            case C -> connect();
            case D -> disconnect();
            case P -> onContainer(container -> actions.publish(container, null), Messages.of("hint.publish"));
            case U -> unpublish();
            case DELETE -> delete();
            case F -> surroundings.fit().run();
            case SLASH, DIVIDE -> {
                if (event.isShiftDown()) {
                    surroundings.help().run();
                } else {
                    surroundings.search().run();
                }
            }
            case ESCAPE -> surroundings.escape().run();
            default -> {
                return false;
            }
        }
        return true;
    }

    private @Nullable Topology topology() {
        return model.host().topology().get();
    }

    /// The selected container, or the one whose port is selected.
    private @Nullable Container selectedContainer() {
        Topology topology = topology();
        Ports.Published port = selectedPort();
        if (port != null) {
            return port.container();
        }
        return topology != null && model.selected().get() instanceof Selected.ContainerSelected(var id)
                ? topology.container(id)
                : null;
    }

    private @Nullable Network selectedNetwork() {
        Topology topology = topology();
        return topology != null && model.selected().get() instanceof Selected.NetworkSelected(var id)
                ? topology.network(id)
                : null;
    }

    private Ports.@Nullable Published selectedPort() {
        Topology topology = topology();
        return topology != null && model.selected().get() instanceof Selected.PortSelected(var id)
                ? Ports.published(topology, id)
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
                container -> choose(topology == null ? List.of() : menus.disconnects(topology, container)),
                Messages.of("hint.disconnect"));
    }

    private void unpublish() {
        Ports.Published port = selectedPort();
        if (port == null) {
            onContainer(container -> choose(menus.unpublishes(container)), Messages.of("hint.unpublish"));
        } else {
            actions.unpublish(port);
        }
    }

    private void delete() {
        Network network = selectedNetwork();
        Ports.Published port = selectedPort();
        if (network != null) {
            actions.remove(network);
        } else if (port != null) {
            actions.unpublish(port);
        } else {
            onContainer(actions::remove, Messages.of("hint.remove"));
        }
    }

    private void choose(List<MenuItem> items) {
        if (items.size() == 1) {
            items.getFirst().fire();
        } else if (!items.isEmpty()) {
            surroundings.offer().accept(items);
        } else {
            actions.hint(Messages.of("hint.nothingToChoose"));
        }
    }
}
