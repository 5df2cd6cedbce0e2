/// Explains why one peer can, or cannot, reach another: traces the path of the first packet and of its
/// answer, hop by hop, through the rules, routes and sockets of the kernel. What cannot be derived is
/// unknown, never guessed.
@NullMarked
package dev.patchbay.core.reachability;

import org.jspecify.annotations.NullMarked;
