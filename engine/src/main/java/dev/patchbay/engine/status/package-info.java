/// The reported state of a host beside its specs: problems, activity, states of sandboxes, planned
/// steps.
@NullMarked
package dev.patchbay.engine.status;

import org.jspecify.annotations.NullMarked;
