/// The base of every command: its session, how it makes and prints a change, and how it ends.
///
/// Success goes to stdout, everything else to stderr. Exit codes:
/// [dev.patchbay.app.cli.command.ExitCode].
@NullMarked
package dev.patchbay.app.cli.command;

import org.jspecify.annotations.NullMarked;
