/// Rules of the packet filter as values: those that we write, and the text of those of others. Nothing here knows
/// specs, reads the kernel or starts a process.
@NullMarked
package dev.patchbay.engine.rule;

import org.jspecify.annotations.NullMarked;
