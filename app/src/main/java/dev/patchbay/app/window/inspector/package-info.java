/// The right side of the window: everything about what is selected.
@NullMarked
package dev.patchbay.app.window.inspector;

import org.jspecify.annotations.NullMarked;
