package dev.patchbay.app.canvas.layout;

import dev.patchbay.core.model.Container;
import dev.patchbay.core.model.Endpoint;
import dev.patchbay.core.model.PortBinding;
import dev.patchbay.engine.Id;
import org.jspecify.annotations.Nullable;

/// Which network something goes through.
final class PortNetwork {
    private PortNetwork() {}

    /// The network that packets to a published port reach the container on; null while there is none.
    static @Nullable Id of(Container container, PortBinding binding) {
        for (Endpoint endpoint : container.endpoints()) {
            if (endpoint.id().equals(binding.endpoint())) {
                return endpoint.network();
            }
        }
        return null;
    }
}
