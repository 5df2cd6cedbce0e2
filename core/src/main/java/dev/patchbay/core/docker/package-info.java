/// A real engine, Docker or Podman, as a host like the Lab: the same topology, changes and sentences.
/// Its own answers are shown unchanged, and every change goes through its API, so that its state stays
/// correct.
@NullMarked
package dev.patchbay.core.docker;

import org.jspecify.annotations.NullMarked;
