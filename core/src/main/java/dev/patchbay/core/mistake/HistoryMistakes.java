package dev.patchbay.core.mistake;

/// Mistakes about undo and redo.
public final class HistoryMistakes {
    private HistoryMistakes() {}

    public static Mistake nothingToUndo() {
        return Mistake.of("nothing-to-undo", "Nothing to undo");
    }

    public static Mistake nothingToRedo() {
        return Mistake.of("nothing-to-redo", "Nothing to redo");
    }

    /// What the change was built on is gone or taken.
    public static Mistake noLongerFits(String title, String reason) {
        return Mistake.of("no-longer-fits", title + ": " + reason);
    }
}
