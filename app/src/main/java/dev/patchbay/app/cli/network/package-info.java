/// `patchbay network …`, one class for each command.
@NullMarked
package dev.patchbay.app.cli.network;

import org.jspecify.annotations.NullMarked;
