/// Any sequence of any verbs, told beforehand by a small model and done on a real kernel: what the records say and what
/// other tools read is what the model says, after every change, every refusal and every undo.
@NullMarked
package dev.patchbay.core.lab.property;

import org.jspecify.annotations.NullMarked;
