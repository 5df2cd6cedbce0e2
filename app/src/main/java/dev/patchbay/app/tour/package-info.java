/// The session that shows what Patchbay does: two web servers, their addresses, their ports, their rules.
///
/// The script is a text in this package's resources; the command line plays it, and so may the window.
@NullMarked
package dev.patchbay.app.tour;

import org.jspecify.annotations.NullMarked;
