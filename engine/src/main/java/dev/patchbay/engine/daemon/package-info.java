/** The helper process: the only code of Patchbay that runs with privileges. */
@NullMarked
package dev.patchbay.engine.daemon;

import org.jspecify.annotations.NullMarked;
