/// Names: which are allowed, what a typed name or id stands for, and what a container is called when nobody says.
@NullMarked
package dev.patchbay.core.naming;

import org.jspecify.annotations.NullMarked;
