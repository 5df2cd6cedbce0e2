/// What every command shares: the session it runs in, how a change is made and printed, and how it ends.
///
/// Success goes to stdout, everything else to stderr. Exit codes: [dev.patchbay.app.cli.command.ExitCode].
@NullMarked
package dev.patchbay.app.cli.command;

import org.jspecify.annotations.NullMarked;
