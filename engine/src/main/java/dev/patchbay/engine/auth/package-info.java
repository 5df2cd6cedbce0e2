/// Peers, their roles, and what each of them may ask and see.
@NullMarked
package dev.patchbay.engine.auth;

import org.jspecify.annotations.NullMarked;
