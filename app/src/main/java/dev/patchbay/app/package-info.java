/** What a person sees and types: the window and the command line. */
@NullMarked
package dev.patchbay.app;

import org.jspecify.annotations.NullMarked;
