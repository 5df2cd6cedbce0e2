package dev.patchbay.app.hosts;

import dev.patchbay.app.text.RefusalText;
import dev.patchbay.engine.Refusal;

/// The notification at the bottom of the window.
///
/// @param advice what to do; empty for nothing
/// @param activityNumber number of the activity that it reports, 0 for none. The notification offers
///     Undo while undo would revert that activity
public record Notification(Kind kind, String sentence, String advice, long activityNumber) {
    public enum Kind {
        DONE,
        ERROR
    }

    public static Notification done(String sentence) {
        return done(sentence, 0);
    }

    public static Notification done(String sentence, long action) {
        return new Notification(Kind.DONE, sentence, "", action);
    }

    public static Notification error(Refusal refusal) {
        return new Notification(Kind.ERROR, RefusalText.of(refusal), refusal.advice(), 0);
    }
}
