/// What the kernel's rules do with one packet, worked out from the tables as they were read. A match or target that is
/// not known here makes the answer unknown, unless it makes no difference; nothing is guessed.
@NullMarked
package dev.patchbay.core.packet;

import org.jspecify.annotations.NullMarked;
