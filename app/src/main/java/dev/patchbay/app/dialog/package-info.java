/// The small dialogs: cards over the picture that block nothing, each with the exact steps it would take.
@NullMarked
package dev.patchbay.app.dialog;

import org.jspecify.annotations.NullMarked;
