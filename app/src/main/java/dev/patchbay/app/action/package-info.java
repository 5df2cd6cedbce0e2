/// The actions of the window: their catalogue, shortcuts and targets.
@NullMarked
package dev.patchbay.app.action;

import org.jspecify.annotations.NullMarked;
