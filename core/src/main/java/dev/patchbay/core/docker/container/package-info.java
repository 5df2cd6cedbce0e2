/// An engine's containers: read and requested; the engine's topology.
@NullMarked
package dev.patchbay.core.docker.container;

import org.jspecify.annotations.NullMarked;
