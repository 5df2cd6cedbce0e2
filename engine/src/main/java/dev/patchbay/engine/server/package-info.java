/// Listening sockets, connections, and the limits of both.
@NullMarked
package dev.patchbay.engine.server;

import org.jspecify.annotations.NullMarked;
