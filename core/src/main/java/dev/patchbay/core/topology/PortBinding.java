package dev.patchbay.core.topology;

import dev.patchbay.engine.spec.Id;
import dev.patchbay.engine.spec.Protocol;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// A published port of a container.
///
/// @param endpoint the endpoint that packets are sent to; null while there is none
/// @param inForce the container runs and has that endpoint
public record PortBinding(
        Id id,
        @Nullable Id endpoint,
        Protocol protocol,
        InetAddress hostAddress,
        int hostPort,
        int containerPort,
        boolean inForce) {}
