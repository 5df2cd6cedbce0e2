/// The bottom of the window: the rules that result, what was done, what is wrong, and what happened.
@NullMarked
package dev.patchbay.app.window.drawer;

import org.jspecify.annotations.NullMarked;
