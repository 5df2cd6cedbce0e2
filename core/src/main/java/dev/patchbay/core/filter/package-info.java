/// Filters of lists: `--filter key=value`, parsed as Docker's daemon does.
@NullMarked
package dev.patchbay.core.filter;

import org.jspecify.annotations.NullMarked;
