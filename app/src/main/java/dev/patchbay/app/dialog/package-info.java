/// Dialogs and forms: cards over the canvas that do not block it, with the exact steps of a change. A
/// closed form keeps its values as a draft.
@NullMarked
package dev.patchbay.app.dialog;

import org.jspecify.annotations.NullMarked;
