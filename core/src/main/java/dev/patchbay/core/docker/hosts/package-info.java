/// Where container engines are to be found from here: what the environment, Docker's contexts and the usual sockets
/// say.
@NullMarked
package dev.patchbay.core.docker.hosts;

import org.jspecify.annotations.NullMarked;
