/// Patchbay as a network driver plugin of a Docker engine: the engine sends requests to a socket in its
/// plugin directory, in the remote driver protocol of libnetwork, and the machine's helper does the
/// work. Other packages use [RemoteDriver].
@NullMarked
package dev.patchbay.core.docker.driver;

import org.jspecify.annotations.NullMarked;
