/// What happened to networks and containers, in Docker's words: worked out of the actions that the helper wrote down,
/// so that there is one event for each change, now or later.
@NullMarked
package dev.patchbay.core.events;

import org.jspecify.annotations.NullMarked;
