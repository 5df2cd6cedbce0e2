/** What a network means: names, addresses and Docker's rules, decided in the person's own process. */
@NullMarked
package dev.patchbay.core;

import org.jspecify.annotations.NullMarked;
