/// The helper's records and the kernel as one state, and the topology, host and events built from it.
@NullMarked
package dev.patchbay.core.lab.state;

import org.jspecify.annotations.NullMarked;
