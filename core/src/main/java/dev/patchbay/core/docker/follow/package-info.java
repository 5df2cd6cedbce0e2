/// The process that goes on when no window and no command is there, for what an engine's containers have of Patchbay:
/// it hears the engine and tells the helper, and ends by itself when nothing is left to do.
@NullMarked
package dev.patchbay.core.docker.follow;

import org.jspecify.annotations.NullMarked;
