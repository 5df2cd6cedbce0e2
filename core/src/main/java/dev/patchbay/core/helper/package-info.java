/// A session with one helper of any host: its state, updated with the changes; plans, executed against
/// the newest revision and planned again when another client was faster; reads of the kernel.
@NullMarked
package dev.patchbay.core.helper;

import org.jspecify.annotations.NullMarked;
