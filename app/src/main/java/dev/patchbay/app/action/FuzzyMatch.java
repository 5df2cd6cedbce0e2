package dev.patchbay.app.action;

import java.util.Locale;

/// How well a text matches what was typed, letter by letter in order: letters that begin a word or follow each other
/// count more.
public final class FuzzyMatch {
    private static final int WORD_START = 8;
    private static final int CONSECUTIVE = 4;
    private static final int WHOLE = 100;

    private FuzzyMatch() {}

    /// @return larger is better; negative when a letter is missing
    public static int score(String typed, String text) {
        String wanted = typed.strip().toLowerCase(Locale.ROOT);
        String found = text.toLowerCase(Locale.ROOT);
        int whole = found.indexOf(wanted);
        if (whole >= 0) {
            return WHOLE
                    + (isWordStart(found, whole) ? WORD_START * wanted.length() : 0)
                    - Math.min(found.length(), WHOLE);
        }
        return score(wanted, 0, found, 0, false);
    }

    private static int score(String wanted, int typed, String found, int from, boolean follows) {
        if (typed == wanted.length()) {
            return 0;
        }
        if (wanted.charAt(typed) == ' ') {
            return score(wanted, typed + 1, found, from, false);
        }
        int best = -1;
        int consecutive = from;
        for (int at = found.indexOf(wanted.charAt(typed), from);
                at >= 0;
                at = found.indexOf(wanted.charAt(typed), at + 1)) {
            boolean start = isWordStart(found, at);
            if (start || at == consecutive) {
                int rest = score(wanted, typed + 1, found, at + 1, true);
                if (rest >= 0) {
                    best = Math.max(
                            best,
                            rest + 1 + (start ? WORD_START : 0) + (follows && at == consecutive ? CONSECUTIVE : 0));
                }
            }
        }
        return best;
    }

    private static boolean isWordStart(String text, int at) {
        return at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
    }
}
