/// What must exist, as values: networks, sandboxes, endpoints and ports.
///
/// A spec is validated in its constructor and carries no text that reaches a command line, a rule or a file name:
/// kernel names are made from [dev.patchbay.engine.Id]s alone. All types are immutable and may be read from any
/// thread.
@NullMarked
package dev.patchbay.engine.spec;

import org.jspecify.annotations.NullMarked;
