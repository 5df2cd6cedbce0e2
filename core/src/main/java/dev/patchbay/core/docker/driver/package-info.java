/// Patchbay as a network driver of a Docker engine: the engine asks over a socket in its plugin directory, in the
/// remote driver protocol of libnetwork, and the machine's helper does the work. [RemoteDriver] is what the rest
/// uses.
@NullMarked
package dev.patchbay.core.docker.driver;

import org.jspecify.annotations.NullMarked;
