/// Documents in the format of `docker inspect`: the keys of Docker 20.10 in its order and with its
/// types. A value that a Lab does not have is the empty value of its type.
@NullMarked
package dev.patchbay.core.inspect;

import org.jspecify.annotations.NullMarked;
