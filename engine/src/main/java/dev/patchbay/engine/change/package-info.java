/// The only place where records and kernel change together: requests, exits of commands, repairs,
/// recovery.
@NullMarked
package dev.patchbay.engine.change;

import org.jspecify.annotations.NullMarked;
