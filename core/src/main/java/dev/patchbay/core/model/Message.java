package dev.patchbay.core.model;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/// Something to say, before it is said in a language. Printed as it is, it is English.
///
/// The key is always written as a literal at its place of use, so that a test can find missing and unused ones.
///
/// @param key of the bundle `messages`
/// @param arguments for the places of the sentence: messages, or what is the same in every language (a name, an
///     address)
public record Message(String key, List<Object> arguments) {
    /// Says nothing.
    public static final Message EMPTY = verbatim("");

    public Message {
        arguments = List.copyOf(arguments);
    }

    public static Message of(String key, Object... words) {
        return new Message(key, List.of(words));
    }

    /// The same in every language.
    public static Message verbatim(String text) {
        return Message.of("verbatim", text);
    }

    public boolean isEmpty() {
        return equals(EMPTY);
    }

    /// English where there is no bundle of the language.
    public String text(Locale locale) {
        // Without fallback: English is the root, and the locale of the machine must not come before it.
        ResourceBundle bundle = ResourceBundle.getBundle(
                "dev.patchbay.core.model.messages", locale, Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
        return MessageFormatter.format(bundle.getString(key), arguments, locale);
    }

    @Override
    public String toString() {
        return text(Locale.ENGLISH);
    }
}
