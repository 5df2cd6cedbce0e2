/// Publishing a port: form, dialog and the probe afterwards; recreating a container with other ports.
@NullMarked
package dev.patchbay.app.publish;

import org.jspecify.annotations.NullMarked;
