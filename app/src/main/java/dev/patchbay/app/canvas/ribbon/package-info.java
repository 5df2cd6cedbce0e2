/// The way of a packet as the picture shows it: worked out from the hops and the scene, drawn by
/// [dev.patchbay.app.canvas.drawing.SceneRenderer].
@NullMarked
package dev.patchbay.app.canvas.ribbon;

import org.jspecify.annotations.NullMarked;
