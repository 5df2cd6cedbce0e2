package dev.patchbay.app.canvas;

import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.Selection;
import org.jspecify.annotations.Nullable;

/// A person asked for the menu of something in the picture.
///
/// @param element what is under the pointer or has the keyboard focus; null on empty ground
/// @param selected the object that the element belongs to
/// @param screenX where the menu should open
/// @param screenY likewise
public record ContextMenuRequest(@Nullable CanvasElement element, Selection selected, double screenX, double screenY) {}
