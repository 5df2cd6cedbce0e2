/// A background process that follows the containers of an engine without a window or command: it watches
/// the engine, updates ports and endpoints through the helper, and ends when none is left.
@NullMarked
package dev.patchbay.core.docker.follow;

import org.jspecify.annotations.NullMarked;
