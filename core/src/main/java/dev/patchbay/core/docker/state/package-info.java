/// The state of an engine: read, converted to Docker's format for Podman, and watched.
@NullMarked
package dev.patchbay.core.docker.state;

import org.jspecify.annotations.NullMarked;
