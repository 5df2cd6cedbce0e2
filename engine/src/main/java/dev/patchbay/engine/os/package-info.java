/// The operating system: system calls, sysctls, process identity, programs found and run, lock files, trust in files.
@NullMarked
package dev.patchbay.engine.os;

import org.jspecify.annotations.NullMarked;
