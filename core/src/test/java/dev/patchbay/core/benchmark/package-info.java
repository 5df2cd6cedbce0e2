/// How long an action takes beside how much there is. Not part of the gate; `docs/benchmarks.md` says how to run it.
@NullMarked
package dev.patchbay.core.benchmark;

import org.jspecify.annotations.NullMarked;
