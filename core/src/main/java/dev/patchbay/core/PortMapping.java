package dev.patchbay.core;

import dev.patchbay.engine.spec.Protocol;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// A port that a person asks to publish, `[ip:][host:]container[/proto]`.
///
/// @param hostAddress null when the person named none
/// @param hostPort 0 asks for a free one
public record PortMapping(@Nullable InetAddress hostAddress, int hostPort, int containerPort, Protocol protocol) {}
