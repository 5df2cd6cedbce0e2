/// Which of many objects a person means: `--filter key=value`, read as Docker's daemon reads it.
@NullMarked
package dev.patchbay.core.filter;

import org.jspecify.annotations.NullMarked;
