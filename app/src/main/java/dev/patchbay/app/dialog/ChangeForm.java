package dev.patchbay.app.dialog;

import dev.patchbay.core.model.Change;
import org.jspecify.annotations.Nullable;

/// The input of a dialog: a change that is not applied yet.
public interface ChangeForm {

    /// The change as typed so far; null while a value is missing or invalid.
    @Nullable
    Change change();

    ChangePreview preview();
}
