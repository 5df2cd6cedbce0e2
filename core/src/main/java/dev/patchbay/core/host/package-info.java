/// The interface of a host of any kind, for the window and the command line.
@NullMarked
package dev.patchbay.core.host;

import org.jspecify.annotations.NullMarked;
