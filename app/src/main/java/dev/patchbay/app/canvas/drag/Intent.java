package dev.patchbay.app.canvas.drag;

import dev.patchbay.app.canvas.layout.Arrangement.Slot;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.spec.ExposedPort;

/// What letting go here would do.
public sealed interface Intent {
    record Connect(Id container, Id network) implements Intent {}

    record Disconnect(Id container, Id network) implements Intent {}

    record Publish(Id container, ExposedPort port) implements Intent {}

    record Unpublish(Id port) implements Intent {}

    /// Changes the picture only.
    record MoveCard(Id lane, Slot slot) implements Intent {}

    /// Changes the picture only.
    ///
    /// @param x of the left edge
    record MoveLane(Id network, int part, double x, double y) implements Intent {}
}
