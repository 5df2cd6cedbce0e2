/// The look of the product: semantic colour tokens per theme, and the two fonts.
///
/// Colours are written in the style sheets `tokens-*.css` next to these classes and nowhere else. A style sheet serves
/// the controls (as looked-up colours) and everything that is drawn by hand (through [dev.patchbay.app.style.Palette])
/// alike.
@NullMarked
package dev.patchbay.app.style;

import org.jspecify.annotations.NullMarked;
