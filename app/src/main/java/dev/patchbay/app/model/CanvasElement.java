package dev.patchbay.app.model;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.container.ExposedPort;
import dev.patchbay.engine.net.Protocol;

/// The identity of an element of the canvas. It stays the same in the next scene.
public sealed interface CanvasElement {
    record HostPanel() implements CanvasElement {}

    /// A network interface of the host.
    record Nic(String name) implements CanvasElement {}

    /// A published port's jack on the host's port rail.
    record HostPort(Id port) implements CanvasElement {}

    /// A host port that another process holds.
    record BusyPort(int port, Protocol protocol) implements CanvasElement {}

    /// Where a pin is dropped to publish it.
    record DropSlot() implements CanvasElement {}

    /// One of the networks without a bridge (host, none), a line of the host panel.
    record UnbridgedNetwork(Id network) implements CanvasElement {}

    record Lane(Id network) implements CanvasElement {}

    /// The bridge of a network.
    record Rail(Id network) implements CanvasElement {}

    /// The bridge's own jack: the gateway.
    record Gateway(Id network) implements CanvasElement {}

    /// A container's place on a rail.
    record Plug(Id container, Id network) implements CanvasElement {}

    record Card(Id container) implements CanvasElement {}

    /// A container port, published or not.
    record Pin(Id container, ExposedPort port) implements CanvasElement {}

    /// From a host jack to a pin.
    record PortCable(Id port) implements CanvasElement {}

    /// From a card to its plug on a further rail.
    record AttachmentCable(Id container, Id network) implements CanvasElement {}
}
