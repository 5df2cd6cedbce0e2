package dev.patchbay.app.action;

import dev.patchbay.app.text.Messages;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// Every shortcut of the window: what dispatches keys, the menus that show them and the help all read this list.
public enum Shortcut {
    NEW_NETWORK(Section.CHANGE, () -> Messages.of("keys.network"), typed('N')),
    RUN_CONTAINER(Section.CHANGE, () -> Messages.of("keys.run"), typed('R')),
    CONNECT(Section.CHANGE, () -> Messages.of("keys.connect"), typed('C')),
    DISCONNECT(Section.CHANGE, () -> Messages.of("keys.disconnect"), typed('D')),
    PUBLISH(Section.CHANGE, () -> Messages.of("keys.publish"), typed('P')),
    UNPUBLISH(Section.CHANGE, () -> Messages.of("keys.unpublish"), typed('U')),
    REMOVE(
            Section.CHANGE,
            () -> Messages.of("keys.remove"),
            new Key.Pressed(KeyCode.DELETE, Scope.PICTURE, () -> Messages.of("keys.delete"))),
    UNDO(Section.CHANGE, () -> Messages.of("keys.undo"), control(KeyCode.Z, false)),
    REDO(Section.CHANGE, () -> Messages.of("keys.redo"), control(KeyCode.Z, true)),
    COMPOSE(Section.CHANGE, () -> Messages.of("keys.compose"), control(KeyCode.O, false)),
    EXPORT(Section.CHANGE, () -> Messages.of("keys.export"), control(KeyCode.E, false)),
    SEARCH(
            Section.VIEW,
            () -> Messages.of("keys.search"),
            new Key.Control(KeyCode.F, false, Scope.EVERYWHERE),
            typed('/')),
    FIT(Section.VIEW, () -> Messages.of("keys.fit"), typed('F')),
    ZOOM(Section.VIEW, () -> Messages.of("keys.zoom"), shown(() -> "+"), shown(() -> "−")),
    MOVE_FOCUS(Section.VIEW, () -> Messages.of("keys.walk"), shown(() -> "↑ ↓ ← →")),
    OPEN(Section.VIEW, () -> Messages.of("keys.open"), shown(() -> Messages.of("keys.enter"))),
    MENU(Section.VIEW, () -> Messages.of("keys.menu"), shown(() -> Messages.of("keys.menuKey"))),
    NEXT_CONTROL(Section.VIEW, () -> Messages.of("keys.tab"), shown(() -> "Tab")),
    NEXT_REGION(
            Section.VIEW, () -> Messages.of("keys.region"), new Key.Pressed(KeyCode.F6, Scope.EVERYWHERE, () -> "F6")),
    COPY(Section.VIEW, () -> Messages.of("keys.copy"), new Key.Control(KeyCode.C, false, Scope.EVERYWHERE)),
    ESCAPE(
            Section.VIEW,
            () -> Messages.of("keys.escape"),
            new Key.Pressed(KeyCode.ESCAPE, Scope.EVERYWHERE, () -> "Esc")),
    HELP(
            Section.VIEW,
            () -> Messages.of("keys.help"),
            new Key.Pressed(KeyCode.F1, Scope.EVERYWHERE, () -> "F1"),
            typed('?'));

    /// Part of the help.
    public enum Section {
        CHANGE,
        VIEW
    }

    /// Where the focus has to be for a key to act.
    public enum Scope {
        /// In the picture, with no form open.
        PICTURE,
        /// Anywhere, with no form open.
        WINDOW,
        /// Anywhere, in a form as well: it changes nothing behind the form.
        EVERYWHERE
    }

    /// What a person presses.
    private sealed interface Key {
        String label();

        /// A character, wherever the layout of the keyboard has it.
        record Typed(char character) implements Key {
            @Override
            public String label() {
                return String.valueOf(character);
            }
        }

        record Pressed(KeyCode code, Scope scope, Supplier<String> name) implements Key {
            @Override
            public String label() {
                return name.get();
            }
        }

        record Control(KeyCode code, boolean shift, Scope scope) implements Key {
            @Override
            public String label() {
                return Messages.of("keys.ctrl") + "+" + (shift ? Messages.of("keys.shift") + "+" : "") + code.getChar();
            }
        }

        /// Shown in the help only: the picture or the toolkit acts on it.
        record Shown(Supplier<String> name) implements Key {
            @Override
            public String label() {
                return name.get();
            }
        }
    }

    private final Section section;
    private final Supplier<String> description;
    private final List<Key> keys;

    Shortcut(Section section, Supplier<String> words, Key... keys) {
        this.section = section;
        this.description = words;
        this.keys = List.of(keys);
    }

    private static Key typed(char character) {
        return new Key.Typed(character);
    }

    private static Key control(KeyCode code, boolean shift) {
        return new Key.Control(code, shift, Scope.WINDOW);
    }

    private static Key shown(Supplier<String> name) {
        return new Key.Shown(name);
    }

    public static List<Shortcut> of(Section section) {
        return Arrays.stream(values())
                .filter(shortcut -> shortcut.section == section)
                .toList();
    }

    /// What it does.
    public String description() {
        return description.get();
    }

    /// Its keys as they are labelled.
    public String keyText() {
        return keys.stream().map(Key::label).collect(Collectors.joining("  "));
    }

    /// Its first key as a menu shows it, for [javafx.scene.input.KeyCombination#valueOf].
    public String accelerator() {
        return switch (keys.getFirst()) {
            case Key.Typed(char character) -> String.valueOf(character);
            case Key.Pressed pressed -> pressed.code().getName();
            case Key.Control control ->
                (control.shift() ? "Ctrl+Shift+" : "Ctrl+") + control.code().getChar();
            case Key.Shown shown -> shown.label();
        };
    }

    /// What a key event asks for where the focus is now.
    ///
    /// @param event a key that was pressed or typed
    /// @param scope the narrowest that the focus is in
    public static Optional<Shortcut> of(KeyEvent event, Scope scope) {
        return Arrays.stream(values())
                .filter(shortcut -> shortcut.keys.stream().anyMatch(key -> matches(key, event, scope)))
                .findFirst();
    }

    private static boolean matches(Key key, KeyEvent event, Scope scope) {
        boolean plain = !event.isControlDown() && !event.isAltDown() && !event.isMetaDown();
        boolean pressed = event.getEventType() == KeyEvent.KEY_PRESSED;
        return switch (key) {
            case Key.Typed(char character) ->
                scope == Scope.PICTURE
                        && plain
                        && event.getEventType() == KeyEvent.KEY_TYPED
                        && event.getCharacter().toUpperCase(Locale.ROOT).equals(String.valueOf(character));
            case Key.Pressed single ->
                pressed && plain && event.getCode() == single.code() && scope.compareTo(single.scope()) <= 0;
            case Key.Control(KeyCode code, boolean shift, Scope least) ->
                pressed
                        && event.isShortcutDown()
                        && !event.isAltDown()
                        && event.isShiftDown() == shift
                        && event.getCode() == code
                        && scope.compareTo(least) <= 0;
            case Key.Shown _ -> false;
        };
    }
}
