/// Tables of the kernel's rules, with filters and live counters.
@NullMarked
package dev.patchbay.app.rules;

import org.jspecify.annotations.NullMarked;
