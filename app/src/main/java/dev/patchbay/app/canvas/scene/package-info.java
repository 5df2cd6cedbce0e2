/// A topology with its layout, as values: rails, cards, plugs and cables with their places. Finds the
/// element at a point, and the next one for keyboard navigation.
@NullMarked
package dev.patchbay.app.canvas.scene;

import org.jspecify.annotations.NullMarked;
