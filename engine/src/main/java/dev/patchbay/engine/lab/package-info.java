/// A Lab as its clients see it: the anchor, starting, ending, running a command inside.
@NullMarked
package dev.patchbay.engine.lab;

import org.jspecify.annotations.NullMarked;
