package dev.patchbay.app.action;

import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.style.Icons;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Refusal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCombination;
import org.controlsfx.control.action.Action;
import org.controlsfx.control.action.ActionUtils;
import org.controlsfx.control.action.ActionUtils.ActionTextBehavior;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;

/// The actions of one window with their effects, and the buttons and menu items made from them. An action whose
/// condition fails is disabled in a menu, which shows the reason; by button, key or palette the reason becomes a
/// notification.
public final class ActionCatalogue {
    /// The parts of the window that an action acts on.
    public interface Context {
        /// The selected objects.
        ActionTarget selected();

        /// Why nothing can be changed now; empty while the host answers.
        Optional<Refusal> unreachable();

        void showRefusal(Refusal refusal);

        /// Lets the person choose one of several menu items.
        void offer(List<MenuItem> items);
    }

    private static final String NOT_POSSIBLE = "not-possible";

    private record Registration(
            Function<ActionTarget, String> words,
            Function<ActionTarget, String> obstacle,
            Consumer<ActionTarget> effect) {}

    private final Context context;
    private final Map<ActionId, Registration> registrations = new EnumMap<>(ActionId.class);

    public ActionCatalogue(Context context) {
        this.context = context;
    }

    public void register(ActionId id, Consumer<ActionTarget> effect) {
        registrations.put(id, new Registration(id::words, id::obstacle, effect));
    }

    public void register(ActionId id, Runnable effect) {
        register(id, _ -> effect.run());
    }

    /// An action whose label or condition depends on the state of the window.
    ///
    /// @param obstacle why it cannot be done now; empty when it can
    public void register(ActionId id, Supplier<String> words, Supplier<String> obstacle, Runnable effect) {
        registrations.put(id, new Registration(_ -> words.get(), _ -> obstacle.get(), _ -> effect.run()));
    }

    /// The actions that have an effect in this window.
    public List<ActionId> registered() {
        return List.copyOf(registrations.keySet());
    }

    private Registration registration(ActionId id) {
        return Objects.requireNonNull(registrations.get(id), id::name);
    }

    public ActionTarget selected() {
        return context.selected();
    }

    public String words(ActionId id, ActionTarget target) {
        return registration(id).words().apply(target);
    }

    /// Why the action cannot be done to these objects; empty when it can.
    public Optional<Refusal> refusal(ActionId id, ActionTarget target) {
        Optional<Refusal> unreachable =
                id.section() == ActionId.Section.CHANGE ? context.unreachable() : Optional.empty();
        return unreachable.or(() -> Optional.of(registration(id).obstacle().apply(target))
                .filter(sentence -> !sentence.isEmpty())
                .map(sentence -> Refusal.of(NOT_POSSIBLE, sentence)));
    }

    /// Does the action to the selected objects. When it could mean several objects, the person chooses
    /// one from a menu.
    public void perform(ActionId id) {
        List<ActionTarget> choices = id.choices(context.selected());
        if (choices.size() == 1) {
            perform(id, choices.getFirst());
        } else {
            context.offer(choices.stream().map(target -> menuItem(id, target)).toList());
        }
    }

    public void perform(ActionId id, ActionTarget target) {
        refusal(id, target)
                .ifPresentOrElse(
                        context::showRefusal, () -> registration(id).effect().accept(target));
    }

    /// Removes the old binding first: [ActionUtils] copies only images.
    private static void setIcon(ObjectProperty<Node> graphic, ActionId id) {
        Ikon icon = id.icon();
        graphic.unbind();
        graphic.set(icon == null ? null : Icons.icon(icon));
    }

    private static String withKey(String words, ActionId id) {
        return id.keyText().isEmpty() ? words : words + " (" + id.keyText() + ")";
    }

    /// A button with icon and label, for the selected objects.
    public Button button(ActionId id) {
        Button button = textButton(id, id.controlId());
        setIcon(button.graphicProperty(), id);
        return button;
    }

    /// A button with only the icon; the label is its tooltip.
    public Button iconButton(ActionId id) {
        Button button = button(id, ActionTextBehavior.HIDE, id.controlId());
        setIcon(button.graphicProperty(), id);
        button.getStyleClass().add("button-icon");
        button.setAccessibleText(withKey(words(id, ActionTarget.NONE), id));
        return button;
    }

    /// A button with only the label, outside the toolbar.
    public Button textButton(ActionId id, String controlId) {
        return button(id, ActionTextBehavior.SHOW, controlId);
    }

    private Button button(ActionId id, ActionTextBehavior text, String controlId) {
        String words = words(id, ActionTarget.NONE);
        Action action = new Action(words, _ -> perform(id));
        action.setLongText(withKey(words, id));
        Button button = ActionUtils.createButton(action, text);
        button.setId(controlId);
        return button;
    }

    /// A menu item that shows the key of the action. The accelerator has no effect there: the window
    /// dispatches keys itself, because menus come and go.
    public MenuItem menuItem(ActionId id, ActionTarget target) {
        return menuItem(id, target, "menu");
    }

    /// @param place the prefix of the item's id
    public MenuItem menuItem(ActionId id, ActionTarget target, String place) {
        String words = words(id, target) + (id.opensDialog() ? "…" : "");
        Optional<Refusal> refusal = refusal(id, target);
        Action action =
                new Action(refusal.map(why -> words + "\n" + why.sentence()).orElse(words), _ -> perform(id, target));
        id.firstShortcut().ifPresent(shortcut -> action.setAccelerator(KeyCombination.valueOf(shortcut.accelerator())));
        action.setDisabled(refusal.isPresent());
        MenuItem item = ActionUtils.createMenuItem(action);
        setIcon(item.graphicProperty(), id);
        // Names of objects may contain underscores, which mark mnemonics.
        item.setMnemonicParsing(false);
        String control = id.controlId();
        item.setId(place.isEmpty() ? control : place + Character.toUpperCase(control.charAt(0)) + control.substring(1));
        return item;
    }

    /// One item for each object that the action could mean.
    public List<MenuItem> menuItems(ActionId id, ActionTarget target) {
        return id.choices(target).stream().map(choice -> menuItem(id, choice)).toList();
    }

    public static ContextMenu menu(List<MenuItem> items) {
        ContextMenu menu = new ContextMenu();
        menu.getItems().setAll(items);
        return menu;
    }

    /// The context menu of an element. For a plug and a pin it starts with their own action; the actions
    /// of the object follow.
    public List<MenuItem> contextMenuItems(Topology topology, @Nullable CanvasElement element, Selection selected) {
        List<MenuItem> items = new ArrayList<>();
        ActionTarget part = ActionTarget.ofPart(topology, element);
        if (part != null && part.container() != null) {
            if (part.pin() == null) {
                items.add(menuItem(ActionId.MOVE, part));
                items.add(menuItem(ActionId.DISCONNECT, part));
            } else {
                items.add(menuItem(ActionId.PUBLISH, part));
            }
            items.add(new SeparatorMenuItem());
        }
        items.addAll(contextMenuItems(ActionTarget.of(topology, selected)));
        return items;
    }

    /// The context menu of an object. Of two actions that exclude each other it shows the one that can
    /// be done.
    public List<MenuItem> contextMenuItems(ActionTarget target) {
        List<MenuItem> items = new ArrayList<>();
        if (target.port() != null) {
            add(items, target, ActionId.REPUBLISH, ActionId.UNPUBLISH, ActionId.COPY_COMMAND);
        } else if (target.container() != null) {
            boolean started = !ActionId.START.obstacle(target).isEmpty();
            add(items, target, started ? ActionId.STOP : ActionId.START, ActionId.RESTART, ActionId.RENAME);
            add(
                    items,
                    target,
                    ActionId.CONNECT,
                    ActionId.DISCONNECT,
                    ActionId.MOVE,
                    ActionId.GATEWAY,
                    ActionId.PUBLISH,
                    ActionId.UNPUBLISH);
            add(items, target, ActionId.EXPORT_JSON);
            items.add(new SeparatorMenuItem());
            add(items, target, ActionId.REMOVE);
        } else if (target.network() != null) {
            add(
                    items,
                    target,
                    ActionId.RUN_CONTAINER,
                    ActionId.CONNECT,
                    ActionId.EXPORT_JSON,
                    ActionId.EDIT_NETWORK,
                    ActionId.SUBNET);
            items.add(new SeparatorMenuItem());
            add(items, target, ActionId.REMOVE);
        } else {
            add(items, target, ActionId.NEW_NETWORK, ActionId.RUN_CONTAINER, ActionId.COMPOSE, ActionId.ADDRESSES);
        }
        return items;
    }

    private void add(List<MenuItem> items, ActionTarget target, ActionId... ids) {
        for (ActionId id : ids) {
            items.addAll(menuItems(id, target));
        }
    }
}
