/// Real commands in real namespaces.
@NullMarked
package dev.patchbay.engine.sandbox;

import org.jspecify.annotations.NullMarked;
