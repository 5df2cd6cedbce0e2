/// What all tests of the app share.
@NullMarked
package dev.patchbay.app.testing;

import org.jspecify.annotations.NullMarked;
