/// The frame of dialogs and forms: a card over the picture that blocks nothing, with the exact steps of a change,
/// and the draft that it keeps.
@NullMarked
package dev.patchbay.app.dialog;

import org.jspecify.annotations.NullMarked;
