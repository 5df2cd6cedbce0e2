/// What an engine answers, read, put into Docker's form where it is Podman's, and watched.
@NullMarked
package dev.patchbay.core.docker.state;

import org.jspecify.annotations.NullMarked;
