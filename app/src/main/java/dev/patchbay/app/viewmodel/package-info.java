/// What the window shows and does, without a window: properties to bind to and methods to call.
///
/// All properties are read and written on one thread, the one that [Tasks] delivers on. Nothing here knows a
/// control, so each of these is tested without a toolkit. Only [dev.patchbay.core.host.NetworkController] is
/// called, never from the delivering thread.
@NullMarked
package dev.patchbay.app.viewmodel;

import org.jspecify.annotations.NullMarked;
