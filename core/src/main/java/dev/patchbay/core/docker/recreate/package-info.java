/// Recreates a container of an engine with other published ports: all settings of the container are read
/// from its inspect document and requested for the new one, and what will be lost is reported before.
@NullMarked
package dev.patchbay.core.docker.recreate;

import org.jspecify.annotations.NullMarked;
