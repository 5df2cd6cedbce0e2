package dev.patchbay.app.canvas.scene;

import dev.patchbay.app.model.Element;
import dev.patchbay.engine.Id;

/// Something that was asked for and is not there yet, drawn dashed until the host has answered.
public sealed interface Ghost {
    /// Something in the picture is about to change or to go.
    record Around(Element element) implements Ghost {}

    /// A container on its way to a network.
    record Cable(Id container, Id network) implements Ghost {}

    /// A container on its way into the picture.
    record NewCard(Id network, String name) implements Ghost {}

    record NewLane(String name) implements Ghost {}
}
