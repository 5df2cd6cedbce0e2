/// The only way to change the kernel: compute the difference between specs and kernel as named steps,
/// then run them in order, or show them, or undo them in reverse order.
///
/// Preview and execution use the same [dev.patchbay.engine.step.Step] objects, so the steps shown are
/// the steps run. A step can be undone whether it ran completely, partly or not at all.
@NullMarked
package dev.patchbay.engine.step;

import org.jspecify.annotations.NullMarked;
