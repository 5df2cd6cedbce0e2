package dev.patchbay.app.text;

import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sentences of the window by key.
///
/// Arguments replace `{0}`, `{1}`, …; apostrophes need no doubling, unlike in `MessageFormat`.
public final class Messages {
    private static final ResourceBundle BUNDLE = ResourceBundle.getBundle("dev.patchbay.app.text.messages");

    private static final Pattern PLACE = Pattern.compile("\\{([0-9])}");

    private Messages() {}

    public static String of(String key, Object... arguments) {
        // In one pass, so that an argument that looks like a place is left alone.
        return PLACE.matcher(BUNDLE.getString(key))
                .replaceAll(
                        place -> Matcher.quoteReplacement(String.valueOf(arguments[Integer.parseInt(place.group(1))])));
    }

    /// The sentence of `key.one` or `key.many`; `{0}` is the number.
    public static String count(String key, long number) {
        return of(key + (number == 1 ? ".one" : ".many"), Figures.grouped(number));
    }
}
