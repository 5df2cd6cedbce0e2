/// The values of one host: its topology, a change that is asked for, and what came of it. All are immutable.
@NullMarked
package dev.patchbay.core.model;

import org.jspecify.annotations.NullMarked;
