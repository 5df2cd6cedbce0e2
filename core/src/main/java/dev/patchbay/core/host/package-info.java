/// What a host offers to window and command line, whatever its kind.
@NullMarked
package dev.patchbay.core.host;

import org.jspecify.annotations.NullMarked;
