/// A tour of Patchbay: two web servers, their addresses, ports and rules.
///
/// The script is a text in the resources of this package; the command line and the window play it.
@NullMarked
package dev.patchbay.app.tour;

import org.jspecify.annotations.NullMarked;
