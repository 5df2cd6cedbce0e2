package dev.patchbay.core.docker.config;

import dev.patchbay.core.docker.transport.TlsFiles;
import org.jspecify.annotations.Nullable;

/// An engine that can be selected.
///
/// @param name as `--host` takes it
/// @param address as `unix:///var/run/docker.sock`, `tcp://192.0.2.7:2375` or `ssh://me@far.example`
/// @param origin where it was found, for a person
/// @param problem why it cannot be used; empty when no obstacle is known
/// @param tls the files for TLS; null for none
public record DockerHost(
        String name,
        String address,
        String origin,
        String problem,
        @Nullable TlsFiles tls) {
    private static final String UNIX = "unix://";
    private static final String TCP = "tcp://";

    /// Without TLS.
    public DockerHost(String name, String address, String origin, String obstacle) {
        this(name, address, origin, obstacle, null);
    }

    /// @param tls for a TCP address; ignored for others
    static DockerHost of(String name, String address, String origin, @Nullable TlsFiles tls) {
        TlsFiles used = address.startsWith(TCP) ? tls : null;
        return new DockerHost(name, address, origin, AddressCheck.of(address, used), used);
    }

    public boolean isUsable() {
        return problem.isEmpty();
    }

    /// Whether its socket is on this machine.
    public boolean isLocalSocket() {
        return address.startsWith(UNIX);
    }

    DockerHost named(String other) {
        return new DockerHost(other, address, origin, problem, tls);
    }
}
