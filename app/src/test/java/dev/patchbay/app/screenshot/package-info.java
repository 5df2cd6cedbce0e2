/// Compares what a window shows with the pictures under `docs/screenshots/`.
@NullMarked
package dev.patchbay.app.screenshot;

import org.jspecify.annotations.NullMarked;
