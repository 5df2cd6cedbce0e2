/// What a person can do, by whatever key, button or menu, and where files come from and go to.
@NullMarked
package dev.patchbay.app.window.action;

import org.jspecify.annotations.NullMarked;
