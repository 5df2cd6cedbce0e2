package dev.patchbay.app.model;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Protocol;
import dev.patchbay.engine.spec.ExposedPort;

/// The identity of something that can be pointed at. It outlives the scene it was found in.
public sealed interface Element {
    record HostPanel() implements Element {}

    /// A network interface of the host.
    record Nic(String name) implements Element {}

    /// A published port's jack on the host's port rail.
    record HostPort(Id port) implements Element {}

    /// A host port that another process holds.
    record BusyPort(int port, Protocol protocol) implements Element {}

    /// Where a pin is dropped to publish it.
    record DropSlot() implements Element {}

    /// One of the networks without a bridge (host, none), a line of the host panel.
    record PlainNetwork(Id network) implements Element {}

    record Lane(Id network) implements Element {}

    /// The bridge of a network.
    record Rail(Id network) implements Element {}

    /// The bridge's own jack: the gateway.
    record Gateway(Id network) implements Element {}

    /// A container's place on a rail.
    record Plug(Id container, Id network) implements Element {}

    record Card(Id container) implements Element {}

    /// A container port, published or not.
    record Pin(Id container, ExposedPort port) implements Element {}

    /// From a host jack to a pin.
    record PortCable(Id port) implements Element {}

    /// From a card to its plug on a further rail.
    record AttachmentCable(Id container, Id network) implements Element {}
}
