package dev.patchbay.core.packet;

import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.net.Protocol;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// The first packet of a connection, or the first answer to it, at one moment of its way.
///
/// @param protocol null for an echo request (`ping`) or its answer
/// @param sourcePort 0 for a port that the kernel chose for whoever asks
/// @param destinationPort likewise; of no account when pinging
/// @param in the link it came in by; empty for a packet of this machine
/// @param out the link it will leave by; empty while that is not decided
/// @param reply it belongs to a connection that is known already, and goes the other way
/// @param dnat its connection's destination was rewritten
/// @param snat its connection's source was rewritten
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

    /// What comes back, as its receiver sends it.
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

    /// An answer on its way to whoever asked, after the rewriting of the source was taken back.
    public Packet reverseSnat(InetAddress address) {
        return new Packet(family, protocol, source, sourcePort, address, destinationPort, in, out, reply, dnat, snat);
    }
}
