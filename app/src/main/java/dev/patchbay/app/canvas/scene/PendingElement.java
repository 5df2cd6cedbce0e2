package dev.patchbay.app.canvas.scene;

import dev.patchbay.app.model.CanvasElement;
import dev.patchbay.engine.Id;

/// An element of a pending change, drawn dashed until the host has answered.
public sealed interface PendingElement {
    /// The outline of an element that will change or be removed.
    record Outline(CanvasElement element) implements PendingElement {}

    /// The cable of a container that will be connected to a network.
    record Cable(Id container, Id network) implements PendingElement {}

    /// The card of a container that will be created.
    record NewCard(Id network, String name) implements PendingElement {}

    record NewLane(String name) implements PendingElement {}
}
