package dev.patchbay.app.dialog;

import dev.patchbay.core.model.Change;
import org.jspecify.annotations.Nullable;

/// A change that a person is still thinking about.
public interface ChangeForm {

    /// What is asked for so far; null while something is missing or cannot be read.
    @Nullable
    Change change();

    ChangePreview preview();
}
