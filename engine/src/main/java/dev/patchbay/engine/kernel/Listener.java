package dev.patchbay.engine.kernel;

import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;

/// A socket of the host that listens (TCP) or is bound (UDP).
///
/// @param pid of a process that holds it, 0 when unknown
/// @param process name of that process, empty when unknown
public record Listener(Protocol protocol, InetAddress address, int port, long pid, String process) {}
