package dev.patchbay.engine.kernel;

import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;

/// A socket of the host that waits for connections (TCP) or is bound (UDP).
///
/// @param pid of a process that holds it, 0 when unknown
/// @param process that process' name, empty when unknown
public record Listener(Protocol protocol, InetAddress address, int port, long pid, String process) {}
