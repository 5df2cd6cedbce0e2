/// Everything a person reads: sentences by key from one resource bundle, and figures in their usual form.
///
/// A key is always written as a literal at its place of use, so that a test can find missing and unused ones.
@NullMarked
package dev.patchbay.app.text;

import org.jspecify.annotations.NullMarked;
