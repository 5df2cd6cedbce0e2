package dev.patchbay.app.viewmodel;

import dev.patchbay.app.text.RefusalText;
import dev.patchbay.engine.protocol.Refusal;

/// The quiet line at the bottom of the window.
///
/// @param advice what to do about it; empty when there is nothing to do
/// @param undoable the line offers Undo
public record Notice(Kind kind, String sentence, String advice, boolean undoable) {
    public enum Kind {
        DONE,
        ERROR
    }

    public static Notice done(String sentence, boolean undoable) {
        return new Notice(Kind.DONE, sentence, "", undoable);
    }

    public static Notice error(Refusal refusal) {
        return new Notice(Kind.ERROR, RefusalText.of(refusal), refusal.advice(), false);
    }
}
