/// Computes a scene from a topology. Pure values, without JavaFX.
///
/// The same topology and the same [dev.patchbay.app.canvas.layout.Arrangement] give the same scene. An
/// element of the arrangement never moves because another one appears. Units are pixels at zoom 1.
@NullMarked
package dev.patchbay.app.canvas.layout;

import org.jspecify.annotations.NullMarked;
