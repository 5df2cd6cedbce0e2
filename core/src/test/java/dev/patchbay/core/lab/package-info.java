/// Tests on a real Lab: real kernel objects, real packets, helpers that die.
@NullMarked
package dev.patchbay.core.lab;

import org.jspecify.annotations.NullMarked;
