package dev.patchbay.app.canvas;

import dev.patchbay.app.model.Element;
import dev.patchbay.app.model.Selected;
import org.jspecify.annotations.Nullable;

/// A person asked for the menu of something in the picture.
///
/// @param element what is under the pointer or has the keyboard focus; null on empty ground
/// @param selected the object that the element belongs to
/// @param screenX where the menu should open
/// @param screenY likewise
public record ContextRequest(@Nullable Element element, Selected selected, double screenX, double screenY) {}
