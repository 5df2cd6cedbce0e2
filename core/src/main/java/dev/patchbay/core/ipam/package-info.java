/// Which subnet a network gets and which address a container gets: always the lowest that is free, so that the same
/// commands lead to the same addresses.
@NullMarked
package dev.patchbay.core.ipam;

import org.jspecify.annotations.NullMarked;
