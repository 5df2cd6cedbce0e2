/// What a project wants and the host does not have, as changes: shown to a person line by line, applied as one.
///
/// A container that runs is left running when only its networks, names or ports differ; whatever is inside it makes it
/// anew. A project that is applied twice differs in nothing the second time.
@NullMarked
package dev.patchbay.core.compose.difference;

import org.jspecify.annotations.NullMarked;
