/// What packets really do in a network namespace: sent on purpose, or told by the kernel's settings. Every method
/// works in the namespace of the thread that calls.
@NullMarked
package dev.patchbay.engine.probe;

import org.jspecify.annotations.NullMarked;
