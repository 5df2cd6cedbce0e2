/// The kernel's rules as rows: narrowed to what is asked for, with counters that move.
@NullMarked
package dev.patchbay.app.viewmodel.rules;

import org.jspecify.annotations.NullMarked;
