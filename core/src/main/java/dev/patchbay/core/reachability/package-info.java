/// Why one end can, or cannot, reach another: the way of the first packet and of its answer, hop by hop, derived from
/// rules, routes and sockets as the kernel has them. What cannot be told is unknown, never guessed.
@NullMarked
package dev.patchbay.core.reachability;

import org.jspecify.annotations.NullMarked;
