/// Creating, editing and connecting networks: forms and dialogs.
@NullMarked
package dev.patchbay.app.network;

import org.jspecify.annotations.NullMarked;
