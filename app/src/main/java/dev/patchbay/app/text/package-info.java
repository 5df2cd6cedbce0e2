/// All texts that a person reads: sentences by key from one bundle for each language, and formatted
/// numbers.
///
/// English is the root of the bundle: a text that another language lacks is shown in English.
/// A key is always a literal at its place of use, so that a test can find missing and unused keys.
@NullMarked
package dev.patchbay.app.text;

import org.jspecify.annotations.NullMarked;
