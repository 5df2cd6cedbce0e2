package dev.patchbay.engine.netlink;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.libc.Errno;
import dev.patchbay.engine.spec.Addresses;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The kernel's table of UDP flows, as far as published ports are concerned (linux/netfilter/nfnetlink_conntrack.h).
///
/// Rules of the table `nat` are asked for the first packet of a flow only, and a UDP flow lasts as long as somebody
/// keeps sending: without this, a client would reach a container for ever whose port was taken back, and never the one
/// that has it now. Numbers of ports are in network order here, numbers of netlink in the machine's own.
public final class Conntrack implements AutoCloseable {
    private static final int NFNL_SUBSYS_CTNETLINK = 1;
    private static final int IPCTNL_MSG_CT_GET = 1;
    private static final int IPCTNL_MSG_CT_DELETE = 2;
    /// Size of struct nfgenmsg.
    private static final int NFGENMSG = 4;

    private static final int CTA_TUPLE_ORIG = 1;
    private static final int CTA_TUPLE_REPLY = 2;
    private static final int CTA_ID = 12;
    private static final int CTA_FILTER = 25;
    private static final int CTA_FILTER_ORIG_FLAGS = 1;
    private static final int CTA_FILTER_REPLY_FLAGS = 2;
    private static final int CTA_FILTER_F_PROTO_NUM = 1 << 3;

    private static final int CTA_TUPLE_IP = 1;
    private static final int CTA_TUPLE_PROTO = 2;
    private static final int CTA_IP_V4_SRC = 1;
    private static final int CTA_IP_V6_SRC = 3;
    private static final int CTA_PROTO_NUM = 1;
    private static final int CTA_PROTO_SRC_PORT = 2;
    private static final int CTA_PROTO_DST_PORT = 3;

    private static final int IPPROTO_UDP = 17;
    private static final int NLA_F_NESTED = 0x8000;

    private final NetlinkSocket socket;

    private Conntrack(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// For the network namespace of the calling thread.
    public static Conntrack open() throws EngineException {
        return new Conntrack(NetlinkSocket.open(NetlinkSocket.NETLINK_NETFILTER, 0));
    }

    /// One direction of a flow.
    private record Tuple(InetAddress source, InetAddress destination, int sourcePort, int destinationPort) {}

    /// @param end the request that ends it, with the words by which the kernel finds it again
    private record Flow(Tuple asked, Tuple answered, NetlinkRequest end) {
        boolean isTranslated() {
            return !asked.destination.equals(answered.source) || asked.destinationPort != answered.sourcePort;
        }
    }

    /// Ends the flows that were led to a container by a mapping that is no longer in force, and those that came to the
    /// host itself on a port for which there is a mapping now.
    ///
    /// @param hostAddresses every address of the host
    public void forget(Collection<UdpMapping> gone, Collection<UdpMapping> come, Collection<InetAddress> hostAddresses)
            throws EngineException {
        Set<Integer> families = new HashSet<>();
        gone.forEach(mapping -> families.add(family(mapping.container())));
        come.forEach(mapping -> families.add(family(mapping.container())));
        for (int family : families) {
            for (Flow flow : flows(family)) {
                boolean led = flow.isTranslated() && gone.stream().anyMatch(mapping -> leads(mapping, flow));
                boolean astray = !flow.isTranslated()
                        && (hostAddresses.contains(flow.asked.destination)
                                || flow.asked.destination.isLoopbackAddress())
                        && come.stream().anyMatch(mapping -> isFor(mapping, flow));
                if (led || astray) {
                    delete(flow);
                }
            }
        }
    }

    private static boolean leads(UdpMapping mapping, Flow flow) {
        return isFor(mapping, flow)
                && flow.answered.source.equals(mapping.container())
                && mapping.containerPorts().contains(flow.answered.sourcePort);
    }

    private static boolean isFor(UdpMapping mapping, Flow flow) {
        return mapping.hostPorts().contains(flow.asked.destinationPort)
                && (mapping.hostAddress().isAnyLocalAddress()
                        || mapping.hostAddress().equals(flow.asked.destination));
    }

    /// All UDP flows of a family. A kernel before 5.8 does not know the filter and sends the others as well.
    private List<Flow> flows(int family) throws EngineException {
        NetlinkRequest request = message(IPCTNL_MSG_CT_GET, NetlinkRequest.NLM_F_DUMP, family);
        request.nested(
                        CTA_TUPLE_ORIG,
                        () -> request.nested(
                                CTA_TUPLE_PROTO, () -> request.attribute(CTA_PROTO_NUM, new byte[] {IPPROTO_UDP})))
                .nested(
                        CTA_FILTER,
                        () -> request.attribute(CTA_FILTER_ORIG_FLAGS, CTA_FILTER_F_PROTO_NUM)
                                .attribute(CTA_FILTER_REPLY_FLAGS, 0));
        List<Flow> flows = new ArrayList<>();
        for (NetlinkMessage message : socket.dump("list UDP flows", request)) {
            Attributes attributes = message.attributes(NFGENMSG);
            byte[] key = attributes.bytes(CTA_TUPLE_ORIG);
            byte[] id = attributes.bytes(CTA_ID);
            Attributes asked = attributes.nested(CTA_TUPLE_ORIG);
            byte[] protocol = asked.nested(CTA_TUPLE_PROTO).bytes(CTA_PROTO_NUM);
            if (key != null && id != null && protocol != null && protocol[0] == IPPROTO_UDP) {
                NetlinkRequest end = message(IPCTNL_MSG_CT_DELETE, 0, family)
                        .attribute(CTA_TUPLE_ORIG | NLA_F_NESTED, key)
                        .attribute(CTA_ID, id);
                flows.add(new Flow(tuple(asked), tuple(attributes.nested(CTA_TUPLE_REPLY)), end));
            }
        }
        return flows;
    }

    private static Tuple tuple(Attributes tuple) throws EngineException {
        Attributes addresses = tuple.nested(CTA_TUPLE_IP);
        int source = addresses.has(CTA_IP_V4_SRC) ? CTA_IP_V4_SRC : CTA_IP_V6_SRC;
        Attributes ports = tuple.nested(CTA_TUPLE_PROTO);
        return new Tuple(
                address(addresses.bytes(source)),
                address(addresses.bytes(source + 1)),
                port(ports.raw(CTA_PROTO_SRC_PORT)),
                port(ports.raw(CTA_PROTO_DST_PORT)));
    }

    private static InetAddress address(byte @Nullable [] bytes) throws EngineException {
        if (bytes == null || (bytes.length != 4 && bytes.length != 16)) {
            throw Attributes.malformed("a flow has no address");
        }
        return Addresses.of(bytes);
    }

    private static int port(ByteBuffer bytes) throws EngineException {
        if (bytes.remaining() < Short.BYTES) {
            throw Attributes.malformed("a flow has no port");
        }
        return Short.toUnsignedInt(bytes.order(ByteOrder.BIG_ENDIAN).getShort());
    }

    /// It may have ended by itself meanwhile.
    private void delete(Flow flow) throws EngineException {
        try {
            socket.request("end a UDP flow", flow.end);
        } catch (EngineException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    private static NetlinkRequest message(int type, int flags, int family) {
        return new NetlinkRequest(NFNL_SUBSYS_CTNETLINK << 8 | type, flags)
                .u8(family)
                .u8(0)
                .u16(0);
    }

    private static int family(InetAddress address) {
        return address.getAddress().length == 4 ? Rtnl.AF_INET : Rtnl.AF_INET6;
    }

    @Override
    public void close() {
        socket.close();
    }
}
