package dev.patchbay.app.text;

import dev.patchbay.engine.Refusal;
import java.util.regex.Pattern;

/// A refusal as a sentence of its own. Docker's sentences start with a small letter, since its commands
/// print `Error response from daemon: ` before them.
public final class RefusalText {
    /// A word; a name that has a digit, a dot or a colon keeps its small letter.
    private static final Pattern LOWER_CASE_START = Pattern.compile("^[a-z]+(?=[ ,])");

    private static final Pattern ENDS_SENTENCE = Pattern.compile("[.!?:…]$");

    private RefusalText() {}

    public static String of(Refusal refusal) {
        return capitalized(refusal.sentence());
    }

    /// Joins two sentences. Docker's sentences lack the full stop, so it is added to the first.
    ///
    /// @param advice may be empty
    public static String joined(String sentence, String advice) {
        if (advice.isEmpty()) {
            return sentence;
        }
        return ENDS_SENTENCE.matcher(sentence).find() ? sentence + " " + advice : sentence + ". " + advice;
    }

    public static String capitalized(String sentence) {
        return LOWER_CASE_START.matcher(sentence).find()
                ? Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1)
                : sentence;
    }
}
