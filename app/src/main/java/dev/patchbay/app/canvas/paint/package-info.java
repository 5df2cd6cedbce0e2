/// From a scene to pixels: one painter for each kind of thing, in the order of their layers, and the path of a
/// packet on top of them.
@NullMarked
package dev.patchbay.app.canvas.paint;

import org.jspecify.annotations.NullMarked;
