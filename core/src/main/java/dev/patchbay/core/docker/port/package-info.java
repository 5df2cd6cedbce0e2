/// External publishing: ports of running containers that the helper publishes, not the engine.
@NullMarked
package dev.patchbay.core.docker.port;

import org.jspecify.annotations.NullMarked;
