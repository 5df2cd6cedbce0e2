package dev.patchbay.app.canvas.scene;

import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.engine.Id;

/// Something that was asked for and is not there yet, drawn dashed until the host has answered.
public sealed interface PendingElement {
    /// Something in the picture is about to change or to go.
    record Outline(CanvasElement element) implements PendingElement {}

    /// A container on its way to a network.
    record Cable(Id container, Id network) implements PendingElement {}

    /// A container on its way into the picture.
    record NewCard(Id network, String name) implements PendingElement {}

    record NewLane(String name) implements PendingElement {}
}
