/// Real Labs, inside the private namespaces of the test JVM.
@NullMarked
package dev.patchbay.engine.client;

import org.jspecify.annotations.NullMarked;
