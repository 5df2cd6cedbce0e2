/// The command line: Docker's verbs, options, columns and sentences, on the same host interface as the
/// window.
///
/// [dev.patchbay.app.cli.Cli#run] runs a command from start to end: find it by its first word, parse,
/// call, print, return the exit code. Only `picture` loads classes of JavaFX.
@NullMarked
package dev.patchbay.app.cli;

import org.jspecify.annotations.NullMarked;
