package dev.patchbay.core.refusal;

/// Mistakes about undo and redo.
public final class HistoryRefusals {
    /// Code of what can never be done any more, since what it was built on has been replaced.
    public static final String NOT_APPLICABLE = "no-longer-fits";

    private HistoryRefusals() {}

    public static RefusedException nothingToUndo() {
        return RefusedException.of("nothing-to-undo", "Nothing to undo");
    }

    public static RefusedException nothingToRedo() {
        return RefusedException.of("nothing-to-redo", "Nothing to redo");
    }

    /// What the change was built on is gone, taken or changed.
    public static RefusedException notApplicable(String title, String reason) {
        return RefusedException.of(NOT_APPLICABLE, title + ": " + reason);
    }

    /// @param title of what is being done
    public static RefusedException actionInProgress(String title) {
        return RefusedException.of(
                "under-way",
                "`" + title + "` is still under way, and nothing is undone or redone before it is done",
                "Ask again then.");
    }
}
