/// An engine's networks, read and requested, and the networks that Patchbay attaches beside the engine.
@NullMarked
package dev.patchbay.core.docker.network;

import org.jspecify.annotations.NullMarked;
