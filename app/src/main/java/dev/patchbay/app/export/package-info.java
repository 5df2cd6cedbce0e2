/// A topology as text that other programs read: SVG, Mermaid. Pure: no toolkit, no file.
@NullMarked
package dev.patchbay.app.export;

import org.jspecify.annotations.NullMarked;
