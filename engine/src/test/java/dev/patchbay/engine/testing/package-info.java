/// What engine tests share. They run on real kernel objects, in namespaces that die with the test JVM.
@NullMarked
package dev.patchbay.engine.testing;

import org.jspecify.annotations.NullMarked;
