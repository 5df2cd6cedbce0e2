/// Types that several features share: the selection, the identity of canvas elements, and safe text.
@NullMarked
package dev.patchbay.app.model;

import org.jspecify.annotations.NullMarked;
