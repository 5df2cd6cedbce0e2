/// The credentials that a person has at registries.
@NullMarked
package dev.patchbay.core.docker.registry;

import org.jspecify.annotations.NullMarked;
