package dev.patchbay.app.action;

import dev.patchbay.app.text.Messages;
import java.util.Locale;
import java.util.function.Supplier;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// A keyboard shortcut of an action.
public sealed interface Shortcut {
    /// Where the focus must be for a shortcut to act.
    enum Scope {
        /// On the canvas, while no form is open.
        CANVAS,
        /// Anywhere, while no form is open.
        WINDOW,
        /// Anywhere, also in a form: the action changes nothing behind the form.
        EVERYWHERE
    }

    /// The text that shows the shortcut to a person.
    String label();

    /// The shortcut in the notation of [javafx.scene.input.KeyCombination#valueOf].
    String accelerator();

    /// @param event a key that was pressed or typed
    /// @param scope the narrowest scope that contains the focus
    boolean matches(KeyEvent event, Scope scope);

    private static boolean isPlain(KeyEvent event) {
        return !event.isControlDown() && !event.isAltDown() && !event.isMetaDown();
    }

    /// A character typed on the canvas, whichever key of the keyboard layout gives it.
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
            return scope == Scope.CANVAS
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

    /// Shown in the help only: the canvas or JavaFX handles the key.
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
