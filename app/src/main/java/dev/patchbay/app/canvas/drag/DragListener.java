package dev.patchbay.app.canvas.drag;

import org.jspecify.annotations.Nullable;

/// Hears what a drag would do to the host, and what a drop does.
public interface DragListener {
    DragListener NONE = new DragListener() {
        @Override
        public void actionChanged(@Nullable DropAction intent) {
            // No listener is set.
        }

        @Override
        public void dropped(DropAction intent) {
            // No listener is set.
        }
    };

    /// Called when the action of a drop changes during a drag.
    ///
    /// @param intent null when a drop would do nothing, and at the end of the drag
    void actionChanged(@Nullable DropAction intent);

    /// Called when a drag ends with a drop that does something.
    void dropped(DropAction intent);
}
