/// Which process is meant, which program is run, whose files it is made of, and who may use what runs as root.
///
/// A pid alone names nobody: numbers come back. Everything that looks at or signals a process goes through
/// [dev.patchbay.engine.process.ProcessIdentity], which pairs the pid with the process's start time. Programs are named
/// by the absolute path that [dev.patchbay.engine.process.Programs] finds in the system's own directories, never by
/// a caller's `PATH`. Nothing here starts a process.
@NullMarked
package dev.patchbay.engine.process;

import org.jspecify.annotations.NullMarked;
