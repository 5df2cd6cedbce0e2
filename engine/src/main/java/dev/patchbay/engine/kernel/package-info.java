/// What the kernel holds, as values: links, routes, rules, tables, listening sockets. Also the names and marks by
/// which the objects of Patchbay are recognized.
@NullMarked
package dev.patchbay.engine.kernel;

import org.jspecify.annotations.NullMarked;
