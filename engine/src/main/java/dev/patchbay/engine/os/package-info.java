/// Processes, programs, files, locks, sysctls and system calls.
@NullMarked
package dev.patchbay.engine.os;

import org.jspecify.annotations.NullMarked;
