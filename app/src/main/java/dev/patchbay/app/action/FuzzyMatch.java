package dev.patchbay.app.action;

import java.util.Arrays;
import java.util.Locale;

/// How well a text matches typed letters that occur in it in the same order, starting at the beginning
/// of a word. Letters that begin a word, or that follow each other, count more.
public final class FuzzyMatch {
    private static final int WORD_START = 8;
    private static final int CONSECUTIVE = 4;
    private static final int WHOLE = 200;
    private static final int NONE = -1;

    private FuzzyMatch() {}

    /// @return larger is better; negative when a letter is missing
    public static int score(String typed, String text) {
        String found = text.toLowerCase(Locale.ROOT);
        String whole = typed.strip().toLowerCase(Locale.ROOT);
        int at = found.indexOf(whole);
        if (at >= 0) {
            // Of two texts that match equally, the shorter one scores more.
            return WHOLE + (isWordStart(found, at) ? WHOLE : 0) - Math.min(found.length(), WHOLE);
        }
        String letters = whole.replace(" ", "");
        // The best score of the letters so far when the last of them is at this index.
        int[] best = new int[found.length()];
        for (int letter = 0; letter < letters.length(); letter++) {
            int[] next = new int[found.length()];
            Arrays.fill(next, NONE);
            int before = NONE;
            for (int i = 0; i < found.length(); i++) {
                boolean start = isWordStart(found, i);
                if (found.charAt(i) == letters.charAt(letter)) {
                    int previous = letter == 0 ? (start ? 0 : NONE) : before;
                    if (letter > 0 && i > 0 && best[i - 1] >= 0) {
                        previous = Math.max(previous, best[i - 1] + CONSECUTIVE);
                    }
                    next[i] = previous < 0 ? NONE : previous + 1 + (start ? WORD_START : 0);
                }
                before = Math.max(before, best[i]);
            }
            best = next;
        }
        return Arrays.stream(best).max().orElse(NONE);
    }

    private static boolean isWordStart(String text, int at) {
        return at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
    }
}
