package dev.patchbay.core.reachability;

import java.net.InetAddress;

/// Where a packet came from, to which its answer must go back.
///
/// @param source as it was sent, before anybody rewrote it
/// @param link of the host that it came in by; empty for the host's own
/// @param bridged it never left the bridge it came from
record PacketOrigin(Peer peer, InetAddress source, String link, boolean bridged) {}
