package dev.patchbay.app.text;

import dev.patchbay.engine.Refusal;
import java.util.regex.Pattern;

/// Why something is not done, as a sentence of its own. Docker's words begin small, since its commands put
/// `Error response from daemon: ` before them.
public final class RefusalText {
    /// A word of a sentence; a name with a digit, a dot or a colon stays as it is.
    private static final Pattern LOWER_CASE_START = Pattern.compile("^[a-z]+(?=[ ,])");

    private static final Pattern ENDS_SENTENCE = Pattern.compile("[.!?:…]$");

    private RefusalText() {}

    public static String of(Refusal refusal) {
        return capitalized(refusal.sentence());
    }

    /// Two sentences on a line, the first with the full stop that Docker's lack.
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
