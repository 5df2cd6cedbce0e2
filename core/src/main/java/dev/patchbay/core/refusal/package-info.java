/// The sentences of all our refusals by subject, each with its code and, where the sentence needs it,
/// its advice.
@NullMarked
package dev.patchbay.core.refusal;

import org.jspecify.annotations.NullMarked;
