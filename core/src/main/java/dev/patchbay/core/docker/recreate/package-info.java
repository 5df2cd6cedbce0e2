/// What it takes to have an engine make a container anew with other published ports: everything that the first one has
/// is
/// read from its inspect document and goes into the request for the second, and what cannot go is said before.
@NullMarked
package dev.patchbay.core.docker.recreate;

import org.jspecify.annotations.NullMarked;
