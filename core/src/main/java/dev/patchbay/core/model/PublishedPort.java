package dev.patchbay.core.model;

/// A published port with its container.
public record PublishedPort(Container container, PortBinding port) {
    /// The change that removes it.
    public Change.Unpublish unpublish() {
        return new Change.Unpublish(
                container.name(), port.hostAddress(), port.hostPorts(), port.containerPorts(), port.protocol());
    }
}
