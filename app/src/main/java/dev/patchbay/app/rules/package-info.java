/// The rules of the kernel as rows: narrowed to what is asked for, with counters that move.
@NullMarked
package dev.patchbay.app.rules;

import org.jspecify.annotations.NullMarked;
