/// From a topology to a scene: pure values, no toolkit.
///
/// The same topology and the same [dev.patchbay.app.canvas.layout.Arrangement] give the same scene, and what is in the
/// arrangement never moves because something else appears. Units are pixels at zoom 1.
@NullMarked
package dev.patchbay.app.canvas.layout;

import org.jspecify.annotations.NullMarked;
