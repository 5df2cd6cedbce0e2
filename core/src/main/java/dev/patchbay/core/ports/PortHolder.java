package dev.patchbay.core.ports;

import dev.patchbay.engine.kernel.Listener;
import java.util.Set;

/// What an engine's processes do with the host ports of containers that they bind.
public final class PortHolder {
    /// Docker's proxy (moby's `cmd/docker-proxy`), which connects to the container itself.
    public static final String PROXY = "docker-proxy";

    /// The daemon with `--userland-proxy=false` (libnetwork's `newDummyProxy`), and Podman's monitor (libpod's
    /// `bindPorts`).
    private static final Set<String> RESERVING = Set.of("dockerd", "conmon");

    private PortHolder() {}

    /// Whether the process binds the port so that nobody else takes it, and does not answer there.
    public static boolean onlyReserves(Listener listener) {
        return RESERVING.contains(listener.process());
    }

    public static boolean isProxy(Listener listener) {
        return listener.process().equals(PROXY);
    }
}
