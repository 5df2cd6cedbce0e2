/// The themes: colour tokens and the two fonts.
///
/// Colours are defined only in the style sheets `tokens-*.css` beside these classes. A style sheet
/// serves the controls (as looked-up colours) and everything drawn on a canvas (through
/// [dev.patchbay.app.style.Palette]).
@NullMarked
package dev.patchbay.app.style;

import org.jspecify.annotations.NullMarked;
