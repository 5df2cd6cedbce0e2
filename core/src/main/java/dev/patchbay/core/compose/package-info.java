/// Compose files: a whole topology as text. A file is read to the changes that would create all of it;
/// [dev.patchbay.core.compose.difference] removes what exists already.
///
/// Names and labels are those of Compose v2, so that a project is the same for both. Keys that only
/// Compose supports are noted; unknown keys are refused.
@NullMarked
package dev.patchbay.core.compose;

import org.jspecify.annotations.NullMarked;
