package dev.patchbay.app.canvas.drag;

import org.jspecify.annotations.Nullable;

/// Who knows what a gesture means to the host.
public interface DragListener {
    DragListener NONE = new DragListener() {
        @Override
        public void actionChanged(@Nullable DropAction intent) {
            // Nobody is there to be told.
        }

        @Override
        public void dropped(DropAction intent) {
            // Nobody is there to be told.
        }
    };

    /// Told each time that what letting go would do changes during a drag.
    ///
    /// @param intent null for nothing, and at the end
    void actionChanged(@Nullable DropAction intent);

    /// A drag has ended on something that takes it.
    void dropped(DropAction intent);
}
