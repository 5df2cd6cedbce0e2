/// Reachability: two peers, a port, and the hops between them.
@NullMarked
package dev.patchbay.app.reachability;

import org.jspecify.annotations.NullMarked;
