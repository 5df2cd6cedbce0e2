/// Compares the kernel with the specs, and keeps what differs.
@NullMarked
package dev.patchbay.engine.drift;

import org.jspecify.annotations.NullMarked;
