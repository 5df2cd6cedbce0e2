/// Every sentence of a refusal of ours, by subject, with its code and, where the sentence does not say it, its
/// advice.
@NullMarked
package dev.patchbay.core.refusal;

import org.jspecify.annotations.NullMarked;
