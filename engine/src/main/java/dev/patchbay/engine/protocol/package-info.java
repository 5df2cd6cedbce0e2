/// What travels between a client and the helper: requests, replies and events, as length-prefixed JSON frames.
@NullMarked
package dev.patchbay.engine.protocol;

import org.jspecify.annotations.NullMarked;
