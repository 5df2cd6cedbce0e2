/// The inspector: overview and inspect document of the selected object.
@NullMarked
package dev.patchbay.app.inspector;

import org.jspecify.annotations.NullMarked;
