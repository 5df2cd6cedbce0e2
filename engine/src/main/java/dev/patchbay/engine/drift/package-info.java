/// Compares the kernel with the specs, and keeps the differences.
@NullMarked
package dev.patchbay.engine.drift;

import org.jspecify.annotations.NullMarked;
