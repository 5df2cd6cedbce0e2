/// The Lab for its clients: the anchor, start, end, and commands inside.
@NullMarked
package dev.patchbay.engine.lab;

import org.jspecify.annotations.NullMarked;
