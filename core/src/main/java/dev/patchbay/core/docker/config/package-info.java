/// Finds container engines and credentials of registries: environment, contexts and sockets of Docker
/// and Podman.
@NullMarked
package dev.patchbay.core.docker.config;

import org.jspecify.annotations.NullMarked;
