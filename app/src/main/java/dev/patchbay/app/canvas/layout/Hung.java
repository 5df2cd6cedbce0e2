package dev.patchbay.app.canvas.layout;

import dev.patchbay.app.canvas.scene.Box;
import dev.patchbay.app.canvas.scene.SceneModel.CardView;
import dev.patchbay.app.canvas.scene.SceneModel.PlugView;
import dev.patchbay.engine.Id;
import org.jspecify.annotations.Nullable;

/// What hangs in one slot of a lane.
///
/// @param card null where only a plug is
/// @param plug null in the tray
/// @param part the box of the lane that the slot is in
record Hung(@Nullable CardView card, @Nullable PlugView plug, Box part) {
    boolean isOn(Id network) {
        return plug != null && plug.network().equals(network);
    }
}
