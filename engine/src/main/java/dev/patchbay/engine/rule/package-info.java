/// Rules of the packet filter as values: our own, and the text of those of others. This package knows no
/// specs, does not read the kernel and starts no process.
@NullMarked
package dev.patchbay.engine.rule;

import org.jspecify.annotations.NullMarked;
