/// Exports a topology: as PNG and Mermaid here, as SVG with
/// [SceneRenderer#toSvg][dev.patchbay.app.canvas.paint.SceneRenderer]. Also asks for the files to save and open.
@NullMarked
package dev.patchbay.app.export;

import org.jspecify.annotations.NullMarked;
