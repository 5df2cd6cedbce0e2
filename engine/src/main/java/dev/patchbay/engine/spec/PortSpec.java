package dev.patchbay.engine.spec;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// A published port: asked for as long as the spec exists, in force while its sandbox runs and it has an endpoint.
///
/// @param endpoint the endpoint that packets are sent to; null while the sandbox is on no network that can publish
/// @param requestedAddress the host address the person named, or null
/// @param hostAddress the host address in force; `0.0.0.0` for every address
/// @param ephemeral the host port was chosen by us and may differ after the next start
public record PortSpec(
        Id id,
        Id sandbox,
        @JsonSetter(nulls = Nulls.SET) @Nullable Id endpoint,
        Protocol protocol,
        @JsonSetter(nulls = Nulls.SET) @Nullable InetAddress requestedAddress,
        InetAddress hostAddress,
        int hostPort,
        int containerPort,
        boolean ephemeral)
        implements Spec {

    public PortSpec {
        if (hostPort < 1 || hostPort > 65535) {
            throw new IllegalArgumentException("invalid hostPort: " + hostPort);
        }
        if (containerPort < 1 || containerPort > 65535) {
            throw new IllegalArgumentException("invalid containerPort: " + containerPort);
        }
    }

    /// The same mapping, in force through another endpoint, or through none.
    public PortSpec through(@Nullable Id newEndpoint) {
        return new PortSpec(
                id, sandbox, newEndpoint, protocol, requestedAddress, hostAddress, hostPort, containerPort, ephemeral);
    }

    /// Two ports that cannot both be in force: same protocol and port, and addresses that cover one another.
    public boolean collidesWith(PortSpec other) {
        return protocol == other.protocol
                && hostPort == other.hostPort
                && (hostAddress.isAnyLocalAddress()
                        || other.hostAddress.isAnyLocalAddress()
                        || hostAddress.equals(other.hostAddress));
    }
}
