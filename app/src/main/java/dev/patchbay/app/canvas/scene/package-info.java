/// A laid out topology as values: rails, cards, plugs and cables with their places; what is at a point, and what
/// comes next when walking through it with the keyboard.
@NullMarked
package dev.patchbay.app.canvas.scene;

import org.jspecify.annotations.NullMarked;
