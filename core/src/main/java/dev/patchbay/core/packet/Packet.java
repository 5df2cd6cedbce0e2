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
/// @param mark set by rules
public record Packet(
        Family family,
        @Nullable Protocol protocol,
        InetAddress source,
        int sourcePort,
        InetAddress destination,
        int destinationPort,
        String in,
        String out,
        MarkBits mark,
        Tracking tracking) {

    /// What conntrack knows of the connection.
    ///
    /// @param reply whether the packet is the answer of a known connection
    /// @param dnat whether the destination of its connection was translated
    /// @param snat whether the source of its connection was translated
    /// @param untracked whether a rule keeps the packet from conntrack
    /// @param answersUntracked whether a rule kept the packet from conntrack that this one answers
    /// @param source of the first packet, before any translation, and so the other three
    record Tracking(
            boolean reply,
            boolean dnat,
            boolean snat,
            boolean untracked,
            boolean answersUntracked,
            MarkBits mark,
            InetAddress source,
            int sourcePort,
            InetAddress destination,
            int destinationPort) {
        private Tracking with(boolean isReply, boolean isDnat, boolean isSnat) {
            return new Tracking(
                    isReply,
                    isDnat,
                    isSnat,
                    untracked,
                    answersUntracked,
                    mark,
                    source,
                    sourcePort,
                    destination,
                    destinationPort);
        }

        private Tracking withMark(MarkBits newMark) {
            return new Tracking(
                    reply,
                    dnat,
                    snat,
                    untracked,
                    answersUntracked,
                    newMark,
                    source,
                    sourcePort,
                    destination,
                    destinationPort);
        }

        private Tracking notTracked() {
            return new Tracking(
                    reply, dnat, snat, true, answersUntracked, mark, source, sourcePort, destination, destinationPort);
        }

        /// A rule keeps one packet from conntrack, not the answers to it.
        private Tracking ofReply() {
            return new Tracking(
                    true, dnat, snat, false, untracked, mark, source, sourcePort, destination, destinationPort);
        }
    }

    public static Packet first(
            @Nullable Protocol protocol, InetAddress source, InetAddress destination, int destinationPort) {
        return new Packet(
                Family.of(destination),
                protocol,
                source,
                0,
                destination,
                destinationPort,
                "",
                "",
                MarkBits.ZERO,
                new Tracking(
                        false, false, false, false, false, MarkBits.ZERO, source, 0, destination, destinationPort));
    }

    public boolean reply() {
        return tracking.reply();
    }

    /// Whether conntrack takes the packet for the first of a connection, as an answer over UDP to a packet that
    /// it did not see.
    boolean startsConnection() {
        return tracking.answersUntracked() ? protocol == Protocol.UDP : !reply();
    }

    /// Whether conntrack knows no connection of the packet and makes none, as for a SYN/ACK or an echo reply to a
    /// packet that it did not see (`tcp_new` in `nf_conntrack_proto_tcp.c`, `nf_conntrack_proto_icmp.c`).
    boolean isInvalid() {
        return tracking.answersUntracked() && protocol != Protocol.UDP;
    }

    public boolean dnat() {
        return tracking.dnat();
    }

    public boolean snat() {
        return tracking.snat();
    }

    /// The number of the transport protocol in IP headers.
    public int protocolNumber() {
        return protocolNumber(protocol, family);
    }

    /// @param protocol null for an echo request
    public static int protocolNumber(@Nullable Protocol protocol, Family family) {
        return protocol == null
                ? (family == Family.IPV4 ? 1 : 58)
                : switch (protocol) {
                    case TCP -> 6;
                    case UDP -> 17;
                    case SCTP -> 132;
                };
    }

    public Packet withLinks(String newIn, String newOut) {
        return new Packet(
                family, protocol, source, sourcePort, destination, destinationPort, newIn, newOut, mark, tracking);
    }

    public Packet withDestination(InetAddress newDestination, int newPort) {
        return new Packet(
                family,
                protocol,
                source,
                sourcePort,
                newDestination,
                newPort,
                in,
                out,
                mark,
                tracking.with(reply(), true, snat()));
    }

    public Packet withSource(InetAddress newSource) {
        return new Packet(
                family,
                protocol,
                newSource,
                sourcePort,
                destination,
                destinationPort,
                in,
                out,
                mark,
                tracking.with(reply(), dnat(), true));
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
                MarkBits.ZERO,
                tracking.ofReply());
    }

    /// The answer after the reverse translation of the source.
    public Packet reverseSnat(InetAddress address) {
        return new Packet(family, protocol, source, sourcePort, address, destinationPort, in, out, mark, tracking);
    }

    /// The answer after the reverse translation of the destination.
    public Packet reverseDnat() {
        return new Packet(
                family,
                protocol,
                tracking.destination(),
                tracking.destinationPort(),
                destination,
                destinationPort,
                in,
                out,
                mark,
                tracking);
    }

    Packet withMark(MarkBits newMark) {
        return with(newMark, tracking);
    }

    Packet withConnectionMark(MarkBits newMark) {
        return with(mark, tracking.withMark(newMark));
    }

    Packet notTracked() {
        return with(mark, tracking.notTracked());
    }

    /// The same packet, with what both have in common of their marks.
    Packet joinMarks(Packet other) {
        return with(mark.join(other.mark), tracking.withMark(tracking.mark().join(other.tracking.mark())));
    }

    private Packet with(MarkBits newMark, Tracking newTracking) {
        return new Packet(
                family, protocol, source, sourcePort, destination, destinationPort, in, out, newMark, newTracking);
    }
}
