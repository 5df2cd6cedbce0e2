/// Patchbay against a real Docker engine: the same commands are given to both, and what they say and do is compared.
///
/// The commands stand in `scenarios.txt`. What may differ stands in `intended-differences.txt`, each with its reason;
/// anything else that differs fails, and so does an intended difference that is not seen any more.
@NullMarked
package dev.patchbay.app.differential;

import org.jspecify.annotations.NullMarked;
