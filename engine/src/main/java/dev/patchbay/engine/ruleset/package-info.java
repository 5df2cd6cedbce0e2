/// The rules that the specs call for. Nothing here reads or changes the kernel.
@NullMarked
package dev.patchbay.engine.ruleset;

import org.jspecify.annotations.NullMarked;
