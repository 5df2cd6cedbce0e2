package dev.patchbay.core.reachability;

import java.net.InetAddress;

/// The origin of a packet, to which its answer must return.
///
/// @param source before any translation
/// @param link the host's incoming link; empty for the host's own packets
/// @param bridged whether the packet never left its bridge
record PacketOrigin(Peer peer, InetAddress source, String link, boolean bridged) {}
