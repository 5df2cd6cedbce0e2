/// The topology, host and events of a Lab, built from its helper's state.
@NullMarked
package dev.patchbay.core.lab.state;

import org.jspecify.annotations.NullMarked;
