/// What is said of kernel and network in whole sentences, in the language of whoever reads it.
///
/// Commands print it in English; the window says it in its own language.
@NullMarked
package dev.patchbay.core.phrase;

import org.jspecify.annotations.NullMarked;
