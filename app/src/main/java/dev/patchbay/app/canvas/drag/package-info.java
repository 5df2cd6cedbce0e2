/// What a press, drag and release in the picture mean: what was taken hold of, what would happen if it were let go
/// here, or why nothing would. Pure values over a scene; [dev.patchbay.app.canvas.TopologyCanvas] feeds them the
/// mouse.
@NullMarked
package dev.patchbay.app.canvas.drag;

import org.jspecify.annotations.NullMarked;
