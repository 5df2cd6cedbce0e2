/// The processes of sandboxes: a command in mount, pid and uts namespaces of its own, in an existing
/// network namespace.
///
/// The helper calls this inside its host's namespaces. A sandbox's processes do not depend on the helper
/// that started them: each sandbox has a supervisor, a shell script of a few lines, which writes the
/// exit code to a file, so that a later helper finds running and ended commands. A person's text reaches
/// a process as a word of its own (`"$@"`) or through a file, never as part of a script.
@NullMarked
package dev.patchbay.engine.sandbox;

import org.jspecify.annotations.NullMarked;
