/// The meaning of press, drag and release on the canvas: what is dragged, what a drop here would do, or
/// why it would do nothing. Pure values over a scene; [dev.patchbay.app.canvas.TopologyCanvas] passes
/// the mouse events.
@NullMarked
package dev.patchbay.app.canvas.drag;

import org.jspecify.annotations.NullMarked;
