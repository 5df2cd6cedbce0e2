/// Observes packets in a network namespace: sends probes, and reads settings and sockets. Every method
/// works in the namespace of the calling thread.
@NullMarked
package dev.patchbay.engine.probe;

import org.jspecify.annotations.NullMarked;
