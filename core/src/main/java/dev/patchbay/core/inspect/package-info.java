/// What `docker inspect` would say: the keys of Docker 20.10 in its order and with its types, filled with what is true
/// here. Where a Lab has nothing of the kind the value is the empty one of its type.
@NullMarked
package dev.patchbay.core.inspect;

import org.jspecify.annotations.NullMarked;
