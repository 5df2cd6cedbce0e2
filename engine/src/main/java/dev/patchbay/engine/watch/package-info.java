/// Kernel events, and the cache of links that they keep up to date.
@NullMarked
package dev.patchbay.engine.watch;

import org.jspecify.annotations.NullMarked;
