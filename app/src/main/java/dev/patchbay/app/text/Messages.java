package dev.patchbay.app.text;

import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sentences of the window by key.
///
/// Arguments replace `{0}`, `{1}`, …; apostrophes need no doubling, unlike in `MessageFormat`.
public final class Messages {
    private static final Pattern PLACE = Pattern.compile("\\{([0-9])}");

    private static volatile Spoken spoken = Spoken.of(Language.ENGLISH);

    private Messages() {}

    /// Speaks this language from now on. Sentences made before stay, so it is chosen before the window is built.
    public static void speak(Language language) {
        spoken = Spoken.of(language);
    }

    public static String of(String key, Object... arguments) {
        // In one pass, so that an argument that looks like a place is left alone.
        return PLACE.matcher(spoken.bundle().getString(key))
                .replaceAll(
                        place -> Matcher.quoteReplacement(String.valueOf(arguments[Integer.parseInt(place.group(1))])));
    }

    /// The sentence of `key.one` or `key.many`; `{0}` is the number.
    public static String count(String key, long number) {
        return of(key + (number == 1 ? ".one" : ".many"), Figures.grouped(number));
    }

    static Language language() {
        return spoken.language();
    }

    private record Spoken(Language language, ResourceBundle bundle) {
        static Spoken of(Language language) {
            // Without fallback: English is the root, and the locale of the machine must not come before it.
            return new Spoken(
                    language,
                    ResourceBundle.getBundle(
                            "dev.patchbay.app.text.messages",
                            language.locale(),
                            Control.getNoFallbackControl(Control.FORMAT_PROPERTIES)));
        }
    }
}
