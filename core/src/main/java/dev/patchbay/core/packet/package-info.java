/// Evaluates the kernel's rules for one packet. An unknown match or target makes the verdict unknown,
/// unless it makes no difference; nothing is guessed.
@NullMarked
package dev.patchbay.core.packet;

import org.jspecify.annotations.NullMarked;
