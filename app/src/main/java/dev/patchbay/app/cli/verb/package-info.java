/// What every command shares: the session it runs in, how a change is made and printed, and how it ends.
///
/// Success goes to stdout, everything else to stderr. Exit codes: [dev.patchbay.app.cli.verb.ExitCode].
@NullMarked
package dev.patchbay.app.cli.verb;

import org.jspecify.annotations.NullMarked;
