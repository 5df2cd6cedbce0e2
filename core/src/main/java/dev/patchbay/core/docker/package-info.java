/// A real engine, Docker's or Podman's, as a host like the Lab: the same picture, the same changes, the same sentences.
/// What it says is shown as it says it, and every change goes through its own API, so that its own view stays right.
@NullMarked
package dev.patchbay.core.docker;

import org.jspecify.annotations.NullMarked;
