/// The small dialogs without their controls: what was typed, what is wrong with it, and the exact steps it would take,
/// kept up to date while typing.
@NullMarked
package dev.patchbay.app.viewmodel.form;

import org.jspecify.annotations.NullMarked;
