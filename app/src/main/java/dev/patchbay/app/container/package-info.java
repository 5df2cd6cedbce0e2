/// Running and renaming containers: forms and dialogs.
@NullMarked
package dev.patchbay.app.container;

import org.jspecify.annotations.NullMarked;
