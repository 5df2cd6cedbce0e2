/// The right side: overview and inspect document of what is selected.
@NullMarked
package dev.patchbay.app.inspector;

import org.jspecify.annotations.NullMarked;
