package dev.patchbay.app.action;

import dev.patchbay.app.text.Messages;
import java.util.Locale;
import java.util.function.Supplier;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// A key of an action.
public sealed interface Shortcut {
    /// Where the focus has to be for a key to act.
    enum Scope {
        /// In the picture, with no form open.
        PICTURE,
        /// Anywhere, with no form open.
        WINDOW,
        /// Anywhere, in a form as well: it changes nothing behind the form.
        EVERYWHERE
    }

    /// The key as it is labelled.
    String label();

    /// The key for [javafx.scene.input.KeyCombination#valueOf].
    String accelerator();

    /// @param event a key that was pressed or typed
    /// @param scope the narrowest that the focus is in
    boolean matches(KeyEvent event, Scope scope);

    private static boolean isPlain(KeyEvent event) {
        return !event.isControlDown() && !event.isAltDown() && !event.isMetaDown();
    }

    /// A character in the picture, wherever the layout of the keyboard has it.
    record Typed(char character) implements Shortcut {
        @Override
        public String label() {
            return String.valueOf(character);
        }

        @Override
        public String accelerator() {
            return String.valueOf(character);
        }

        @Override
        public boolean matches(KeyEvent event, Scope scope) {
            return scope == Scope.PICTURE
                    && isPlain(event)
                    && event.getEventType() == KeyEvent.KEY_TYPED
                    && event.getCharacter().toUpperCase(Locale.ROOT).equals(String.valueOf(character));
        }
    }

    record Pressed(KeyCode code, Scope widest, Supplier<String> name) implements Shortcut {
        @Override
        public String label() {
            return name.get();
        }

        @Override
        public String accelerator() {
            return code.getName();
        }

        @Override
        public boolean matches(KeyEvent event, Scope scope) {
            return event.getEventType() == KeyEvent.KEY_PRESSED
                    && isPlain(event)
                    && event.getCode() == code
                    && scope.compareTo(widest) <= 0;
        }
    }

    record Control(KeyCode code, boolean shift, Scope widest) implements Shortcut {
        @Override
        public String label() {
            return Messages.of("keys.ctrl") + "+" + (shift ? Messages.of("keys.shift") + "+" : "") + code.getChar();
        }

        @Override
        public String accelerator() {
            return (shift ? "Ctrl+Shift+" : "Ctrl+") + code.getChar();
        }

        @Override
        public boolean matches(KeyEvent event, Scope scope) {
            return event.getEventType() == KeyEvent.KEY_PRESSED
                    && event.isShortcutDown()
                    && !event.isAltDown()
                    && event.isShiftDown() == shift
                    && event.getCode() == code
                    && scope.compareTo(widest) <= 0;
        }
    }

    /// Shown in the help only: the picture or the toolkit acts on it.
    record Shown(Supplier<String> name) implements Shortcut {
        @Override
        public String label() {
            return name.get();
        }

        @Override
        public String accelerator() {
            return name.get();
        }

        @Override
        public boolean matches(KeyEvent event, Scope scope) {
            return false;
        }
    }
}
