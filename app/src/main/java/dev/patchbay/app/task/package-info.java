/// Runs blocking calls in the background, and delivers results on the JavaFX thread.
@NullMarked
package dev.patchbay.app.task;

import org.jspecify.annotations.NullMarked;
