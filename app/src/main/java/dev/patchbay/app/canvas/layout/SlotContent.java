package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.scene.Rect;
import dev.patchbay.app.canvas.scene.SceneModel.CardView;
import dev.patchbay.app.canvas.scene.SceneModel.PlugView;
import dev.patchbay.engine.Id;
import org.jspecify.annotations.Nullable;

/// The content of one slot of a lane.
///
/// @param card null for a plug without a card
/// @param plug null in the tray
/// @param part the box of the lane that contains the slot
record SlotContent(@Nullable CardView card, @Nullable PlugView plug, Rect part) {
    boolean isOn(Id network) {
        return plug != null && plug.network().equals(network);
    }
}
