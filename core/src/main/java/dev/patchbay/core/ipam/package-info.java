/// Assigns subnets to networks and addresses to containers: always the lowest free one, so that the same
/// commands give the same addresses.
@NullMarked
package dev.patchbay.core.ipam;

import org.jspecify.annotations.NullMarked;
