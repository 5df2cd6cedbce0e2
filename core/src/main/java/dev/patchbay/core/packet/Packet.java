package dev.patchbay.core.packet;

import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// The first packet of a connection, or the first answer to it, at one point of its path.
///
/// @param protocol null for an echo request (`ping`) or its answer
/// @param sourcePort 0 for a port that the kernel of the sender chose
/// @param destinationPort 0 for a port that the kernel of the sender chose; ignored for a ping
/// @param in the incoming link; empty for a packet of this machine
/// @param out the outgoing link; empty while unknown
/// @param reply whether it is the answer of a known connection
/// @param dnat whether the destination of its connection was translated
/// @param snat whether the source of its connection was translated
public record Packet(
        Family family,
        @Nullable Protocol protocol,
        InetAddress source,
        int sourcePort,
        InetAddress destination,
        int destinationPort,
        String in,
        String out,
        boolean reply,
        boolean dnat,
        boolean snat) {

    public static Packet first(
            @Nullable Protocol protocol, InetAddress source, InetAddress destination, int destinationPort) {
        return new Packet(
                Family.of(destination), protocol, source, 0, destination, destinationPort, "", "", false, false, false);
    }

    public Packet withLinks(String newIn, String newOut) {
        return new Packet(
                family, protocol, source, sourcePort, destination, destinationPort, newIn, newOut, reply, dnat, snat);
    }

    public Packet withDestination(InetAddress newDestination, int newPort) {
        return new Packet(family, protocol, source, sourcePort, newDestination, newPort, in, out, reply, true, snat);
    }

    public Packet withSource(InetAddress newSource) {
        return new Packet(
                family, protocol, newSource, sourcePort, destination, destinationPort, in, out, reply, dnat, true);
    }

    /// The answer, as its receiver sends it.
    public Packet toReply() {
        return new Packet(
                family,
                protocol,
                /* source= */ destination,
                /* sourcePort= */ destinationPort,
                /* destination= */ source,
                /* destinationPort= */ sourcePort,
                "",
                "",
                true,
                dnat,
                snat);
    }

    /// The answer after the reverse translation of the source.
    public Packet reverseSnat(InetAddress address) {
        return new Packet(family, protocol, source, sourcePort, address, destinationPort, in, out, reply, dnat, snat);
    }
}
