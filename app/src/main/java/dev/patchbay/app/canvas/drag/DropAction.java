package dev.patchbay.app.canvas.drag;

import dev.patchbay.app.canvas.layout.Arrangement.Slot;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.ExposedPort;

/// What a drop does.
public sealed interface DropAction {
    record Connect(Id container, Id network) implements DropAction {}

    record Disconnect(Id container, Id network) implements DropAction {}

    record Publish(Id container, ExposedPort port) implements DropAction {}

    record Unpublish(Id port) implements DropAction {}

    /// Changes only the layout.
    record MoveCard(Id lane, Slot slot) implements DropAction {}

    /// Changes only the layout.
    ///
    /// @param x of the left edge
    record MoveLane(Id network, int part, double x, double y) implements DropAction {}
}
