package dev.patchbay.core.model;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Formats a sentence with the placeholders `{0}` to `{9}`. Apostrophes need no doubling, unlike in
/// `MessageFormat`.
public final class MessageFormatter {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([0-9])}");

    private MessageFormatter() {}

    /// Replaces all placeholders in one pass, so that an argument that looks like a placeholder is kept.
    ///
    /// @param words a [Message] is translated to `locale`, anything else is used as it is
    public static String format(String sentence, List<?> words, Locale locale) {
        return PLACEHOLDER.matcher(sentence).replaceAll(place -> {
            Object word = words.get(Integer.parseInt(place.group(1)));
            return Matcher.quoteReplacement(
                    word instanceof Message message ? message.text(locale) : String.valueOf(word));
        });
    }
}
