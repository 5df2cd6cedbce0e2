package dev.patchbay.core.model;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/// A message that is not translated yet. Its toString is English.
///
/// The key is always a literal at its place of use, so that a test can find missing and unused keys.
///
/// @param key of the bundle `messages`
/// @param arguments for the placeholders: messages, or values without translation (a name, an address)
public record Message(String key, List<Object> arguments) {
    /// The empty message.
    public static final Message EMPTY = verbatim("");

    public Message {
        arguments = List.copyOf(arguments);
    }

    public static Message of(String key, Object... words) {
        return new Message(key, List.of(words));
    }

    /// A text without translation.
    public static Message verbatim(String text) {
        return Message.of("verbatim", text);
    }

    public boolean isEmpty() {
        return equals(EMPTY);
    }

    /// English when there is no bundle for the language.
    public String text(Locale locale) {
        // English is the root bundle. A fallback would look for a bundle of the machine's locale before
        // it.
        ResourceBundle bundle = ResourceBundle.getBundle(
                "dev.patchbay.core.model.messages", locale, Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
        return MessageFormatter.format(bundle.getString(key), arguments, locale);
    }

    @Override
    public String toString() {
        return text(Locale.ENGLISH);
    }
}
