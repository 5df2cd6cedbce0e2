/// The values of one host: its topology, a requested change, and its outcome. All are immutable.
@NullMarked
package dev.patchbay.core.model;

import org.jspecify.annotations.NullMarked;
