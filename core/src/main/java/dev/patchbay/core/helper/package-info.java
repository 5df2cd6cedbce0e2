/// A session with one helper, whichever host it serves: its state, kept up to date by what changed; plans executed
/// against the newest revision and worked out again when another client was faster; reads of the kernel.
@NullMarked
package dev.patchbay.core.helper;

import org.jspecify.annotations.NullMarked;
