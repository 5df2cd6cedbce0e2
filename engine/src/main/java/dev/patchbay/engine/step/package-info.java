/// The one mechanism that changes the kernel: compute the difference between specs and kernel as named steps, then
/// run them in order, or show them, or undo them backwards.
///
/// Preview and execution use the same [dev.patchbay.engine.step.Step] objects, so what was shown is what runs. A
/// step can be undone whether it ran whole, in part or not at all.
@NullMarked
package dev.patchbay.engine.step;

import org.jspecify.annotations.NullMarked;
