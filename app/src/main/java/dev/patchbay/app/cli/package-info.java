/// The command line: Docker's verbs, options, columns and sentences, on the same host interface as the window.
///
/// [dev.patchbay.app.cli.Cli#run] is the whole way of a command: find it by its first word, parse, call, print, exit
/// code. No class of JavaFX is loaded on that way, save by `picture`.
@NullMarked
package dev.patchbay.app.cli;

import org.jspecify.annotations.NullMarked;
