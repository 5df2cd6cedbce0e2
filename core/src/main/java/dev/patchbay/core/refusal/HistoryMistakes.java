package dev.patchbay.core.refusal;

/// Mistakes about undo and redo.
public final class HistoryMistakes {
    /// Code of what can never be done any more, since what it was built on has been replaced.
    public static final String NO_LONGER_FITS = "no-longer-fits";

    private HistoryMistakes() {}

    public static Mistake nothingToUndo() {
        return Mistake.of("nothing-to-undo", "Nothing to undo");
    }

    public static Mistake nothingToRedo() {
        return Mistake.of("nothing-to-redo", "Nothing to redo");
    }

    /// What the change was built on is gone, taken or changed.
    public static Mistake noLongerFits(String title, String reason) {
        return Mistake.of(NO_LONGER_FITS, title + ": " + reason);
    }

    /// @param title of what is being done
    public static Mistake underWay(String title) {
        return Mistake.of(
                "under-way",
                "`" + title + "` is still under way, and nothing is undone or redone before it is done",
                "Ask again then.");
    }
}
