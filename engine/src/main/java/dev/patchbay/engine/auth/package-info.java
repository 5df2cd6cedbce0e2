/// Peers, their roles, and what each role may request and see.
@NullMarked
package dev.patchbay.engine.auth;

import org.jspecify.annotations.NullMarked;
