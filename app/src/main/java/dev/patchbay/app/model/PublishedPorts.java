package dev.patchbay.app.model;

import dev.patchbay.app.text.Messages;
import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.core.model.Topology;
import dev.patchbay.engine.Id;
import dev.patchbay.engine.net.Addresses;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Published ports in words.
public final class PublishedPorts {
    private PublishedPorts() {}

    /// A published port with its container.
    public record PublishedPort(Container container, PortBinding port) {
        /// What takes it back.
        public Change.Unpublish unpublish() {
            return new Change.Unpublish(
                    container.name(), port.hostAddress(), port.hostPorts(), port.containerPorts(), port.protocol());
        }
    }

    /// Null when there is no such port any more.
    public static @Nullable PublishedPort find(Topology topology, Id port) {
        for (Container container : topology.containers()) {
            for (PortBinding binding : container.ports()) {
                if (binding.id().equals(port)) {
                    return new PublishedPort(container, binding);
                }
            }
        }
        return null;
    }

    /// `0.0.0.0:8080`.
    public static String hostSide(PortBinding port) {
        return Addresses.format(port.hostAddress()) + ":" + port.hostPorts();
    }

    /// Who can reach a port that is published on this address.
    public static String reachText(InetAddress hostAddress) {
        if (hostAddress.isAnyLocalAddress()) {
            return Messages.of("reach.everybody");
        }
        return hostAddress.isLoopbackAddress()
                ? Messages.of("reach.thisMachine")
                : Messages.of("reach.oneAddress", Addresses.format(hostAddress));
    }
}
