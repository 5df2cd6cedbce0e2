/// Everything a person reads: sentences by key from a bundle for each language, and figures in their usual form.
///
/// English is the root of the bundle: what another language lacks is said in English.
/// A key is always written as a literal at its place of use, so that a test can find missing and unused ones.
@NullMarked
package dev.patchbay.app.text;

import org.jspecify.annotations.NullMarked;
