/// The differences between a project and a host, as changes: shown line by line, and applied as one.
///
/// A running container continues to run when only its networks, names or ports differ; any difference
/// inside it means that it is recreated. A project that is applied twice has no difference the second
/// time.
@NullMarked
package dev.patchbay.core.compose.difference;

import org.jspecify.annotations.NullMarked;
