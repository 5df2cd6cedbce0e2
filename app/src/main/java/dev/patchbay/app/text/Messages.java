package dev.patchbay.app.text;

import dev.patchbay.core.model.MessageFormatter;
import java.util.Arrays;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/// The texts of the window by key.
///
/// Arguments replace the placeholders of [MessageFormatter]; an argument that is a message is translated
/// as well.
public final class Messages {
    private static volatile Localization current = Localization.of(Language.ENGLISH);

    private Messages() {}

    /// Sets the language. Texts that exist already do not change, so call it before the window is built.
    public static void setLanguage(Language language) {
        current = Localization.of(language);
    }

    public static String of(String key, Object... arguments) {
        Localization now = current;
        return MessageFormatter.format(
                now.bundle().getString(key),
                Arrays.asList(arguments),
                now.language().locale());
    }

    /// The sentence of `key.one` or `key.many`; `{0}` is the number.
    public static String count(String key, long number) {
        return of(key + (number == 1 ? ".one" : ".many"), DisplayFormat.grouped(number));
    }

    static Language language() {
        return current.language();
    }

    private record Localization(Language language, ResourceBundle bundle) {
        static Localization of(Language language) {
            // English is the root bundle. A fallback would look for a bundle of the machine's locale
            // before it.
            return new Localization(
                    language,
                    ResourceBundle.getBundle(
                            "dev.patchbay.app.text.messages",
                            language.locale(),
                            Control.getNoFallbackControl(Control.FORMAT_PROPERTIES)));
        }
    }
}
