/// The processes of sandboxes: a command in its own mount, pid and uts namespaces, in a network namespace that exists.
///
/// The helper calls this from inside its host's namespaces. A sandbox's processes do not depend on the helper that
/// started them: each has a supervisor, a shell of a few lines, which leaves the exit code in a file, so that a later
/// helper finds what still runs and what has ended. Text from a person reaches a process as a word of its own (`"$@"`)
/// or through a file, never as part of a script.
@NullMarked
package dev.patchbay.engine.sandbox;

import org.jspecify.annotations.NullMarked;
