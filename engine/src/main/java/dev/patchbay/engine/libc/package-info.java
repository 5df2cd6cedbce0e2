/// The C library's calls, and the numbers it answers with.
///
/// [dev.patchbay.engine.libc.Libc] is the only class of Patchbay with foreign memory and foreign functions.
@NullMarked
package dev.patchbay.engine.libc;

import org.jspecify.annotations.NullMarked;
