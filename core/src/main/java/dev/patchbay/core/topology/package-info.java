/// The picture of one host at one moment: immutable, built from the kernel and the helper's records.
@NullMarked
package dev.patchbay.core.topology;

import org.jspecify.annotations.NullMarked;
