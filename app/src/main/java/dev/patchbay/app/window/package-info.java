/// The window: controls bound to the view models, and nothing else.
///
/// A view builds its nodes, binds them, and passes each action of a person on to
/// [WindowActions][dev.patchbay.app.window.WindowActions]. Everything here belongs to the JavaFX thread.
@NullMarked
package dev.patchbay.app.window;

import org.jspecify.annotations.NullMarked;
