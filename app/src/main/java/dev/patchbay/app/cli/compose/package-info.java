/// Commands for a whole topology in a Compose file.
@NullMarked
package dev.patchbay.app.cli.compose;

import org.jspecify.annotations.NullMarked;
