/// Where blocking calls run, and the one way from there to the JavaFX thread.
@NullMarked
package dev.patchbay.app.task;

import org.jspecify.annotations.NullMarked;
