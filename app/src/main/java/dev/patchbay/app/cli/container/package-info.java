/// Commands for containers, one class for each; `patchbay container …` has them as well.
@NullMarked
package dev.patchbay.app.cli.container;

import org.jspecify.annotations.NullMarked;
