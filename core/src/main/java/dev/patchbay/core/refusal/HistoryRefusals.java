package dev.patchbay.core.refusal;

/// Refusals about undo and redo.
public final class HistoryRefusals {
    /// The code of an undo or redo that will never be possible again, because an object it needs was
    /// replaced.
    public static final String NOT_APPLICABLE = "no-longer-fits";

    private HistoryRefusals() {}

    public static RefusedException nothingToUndo() {
        return RefusedException.of("nothing-to-undo", "Nothing to undo");
    }

    public static RefusedException nothingToRedo() {
        return RefusedException.of("nothing-to-redo", "Nothing to redo");
    }

    /// An object that the change needs was removed, taken or changed.
    public static RefusedException notApplicable(String title, String reason) {
        return RefusedException.of(NOT_APPLICABLE, title + ": " + reason);
    }

    /// @param title of the running action
    public static RefusedException actionInProgress(String title) {
        return RefusedException.of(
                "under-way",
                "`" + title + "` is still under way, and nothing is undone or redone before it is done",
                "Ask again then.");
    }
}
