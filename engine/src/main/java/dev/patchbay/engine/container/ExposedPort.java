package dev.patchbay.engine.container;

import dev.patchbay.engine.net.Protocol;

/// A container port, as `80/tcp`.
public record ExposedPort(int port, Protocol protocol) {
    public ExposedPort {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("invalid containerPort: " + port);
        }
    }

    @Override
    public String toString() {
        return port + "/" + protocol;
    }
}
