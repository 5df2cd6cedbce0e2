/// Paints a scene on a graphics context: camera, levels of detail, text that stays crisp. It changes nothing and
/// decides nothing about places.
@NullMarked
package dev.patchbay.app.canvas.drawing;

import org.jspecify.annotations.NullMarked;
