/// What several features share: the selection, the identity of what the canvas shows, published ports, safe text.
@NullMarked
package dev.patchbay.app.model;

import org.jspecify.annotations.NullMarked;
