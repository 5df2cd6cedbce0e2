/// Values of the kernel: links, routes, rules, tables, listening sockets. Also the names and marks of
/// Patchbay's objects.
@NullMarked
package dev.patchbay.engine.kernel;

import org.jspecify.annotations.NullMarked;
