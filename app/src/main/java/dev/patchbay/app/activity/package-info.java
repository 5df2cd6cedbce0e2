/// Activity, events and problems: their view models and panes, and undo.
@NullMarked
package dev.patchbay.app.activity;

import org.jspecify.annotations.NullMarked;
