/// The records of everything that must exist: networks, sandboxes, endpoints and ports.
///
/// A spec is validated in its constructor. None of its text reaches a command line, a rule or a file
/// name: kernel names are derived from [dev.patchbay.engine.Id]s alone. All types are immutable and
/// thread-safe.
@NullMarked
package dev.patchbay.engine.spec;

import org.jspecify.annotations.NullMarked;
