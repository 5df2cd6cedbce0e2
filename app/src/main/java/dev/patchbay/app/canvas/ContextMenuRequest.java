package dev.patchbay.app.canvas;

import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.app.model.Selection;
import org.jspecify.annotations.Nullable;

/// A request of a person for the context menu of an element.
///
/// @param element what is under the pointer or has the keyboard focus; null for the background
/// @param selected the object that the element belongs to
/// @param screenX where the menu should open
/// @param screenY where the menu should open
public record ContextMenuRequest(@Nullable CanvasElement element, Selection selected, double screenX, double screenY) {}
