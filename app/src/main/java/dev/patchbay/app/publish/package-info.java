/// Publishing a port: form, dialog, and the probe that follows; recreating a container with other ports.
@NullMarked
package dev.patchbay.app.publish;

import org.jspecify.annotations.NullMarked;
