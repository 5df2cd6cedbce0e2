/// What tests on a real Lab share: the Lab, a helper that fails or dies on command, and a picture of the kernel drawn
/// with other tools than ours.
@NullMarked
package dev.patchbay.core.testing;

import org.jspecify.annotations.NullMarked;
