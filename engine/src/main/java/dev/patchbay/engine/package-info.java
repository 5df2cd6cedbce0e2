/** The trusted code: everything that runs in the privileged helper, and the client that talks to it. */
@NullMarked
package dev.patchbay.engine;

import org.jspecify.annotations.NullMarked;
