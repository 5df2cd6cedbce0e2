/// An engine's networks: read, requested, and those that Patchbay attaches beside the engine.
@NullMarked
package dev.patchbay.core.docker.network;

import org.jspecify.annotations.NullMarked;
