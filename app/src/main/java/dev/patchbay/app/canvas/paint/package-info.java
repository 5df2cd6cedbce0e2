/// Paints a scene on a surface: one painter for each kind of element, in the order of their layers, and
/// the path of a packet on top. [SvgSurface][dev.patchbay.app.canvas.paint.SvgSurface] writes the scene
/// as SVG.
@NullMarked
package dev.patchbay.app.canvas.paint;

import org.jspecify.annotations.NullMarked;
