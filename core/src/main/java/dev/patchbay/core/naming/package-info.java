/// Names: allowed names, lookup of typed names and ids, and random names of containers.
@NullMarked
package dev.patchbay.core.naming;

import org.jspecify.annotations.NullMarked;
