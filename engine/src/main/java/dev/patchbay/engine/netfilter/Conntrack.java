package dev.patchbay.engine.netfilter;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.netlink.Attributes;
import dev.patchbay.engine.netlink.NetlinkMessage;
import dev.patchbay.engine.netlink.NetlinkRequest;
import dev.patchbay.engine.netlink.NetlinkSocket;
import dev.patchbay.engine.netlink.Rtnl;
import dev.patchbay.engine.os.Errno;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The kernel's conntrack table of UDP flows, as far as published ports need it
/// (linux/netfilter/nfnetlink_conntrack.h).
///
/// The kernel evaluates the table `nat` only for the first packet of a flow, and a UDP flow exists while
/// somebody sends. Without this class a client could reach a container forever after its port was
/// unpublished, and would never reach the container that has the port now.
public final class Conntrack implements AutoCloseable {
    private static final int NFNL_SUBSYS_CTNETLINK = 1;
    private static final int IPCTNL_MSG_CT_NEW = 0;
    private static final int IPCTNL_MSG_CT_GET = 1;
    private static final int IPCTNL_MSG_CT_DELETE = 2;
    /// Size of struct nfgenmsg.
    private static final int NFGENMSG = 4;

    private static final int CTA_TUPLE_ORIG = 1;
    private static final int CTA_TUPLE_REPLY = 2;
    private static final int CTA_TIMEOUT = 7;
    private static final int CTA_ID = 12;
    private static final int CTA_FILTER = 25;
    private static final int CTA_FILTER_ORIG_FLAGS = 1;
    private static final int CTA_FILTER_REPLY_FLAGS = 2;
    private static final int CTA_FILTER_F_PROTO_NUM = 1 << 3;

    /// The timeout of a UDP flow without an answer (nf_conntrack_udp_timeout).
    private static final int UNANSWERED_SECONDS = 30;

    private final NetlinkSocket socket;

    private Conntrack(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// For the network namespace of the calling thread.
    public static Conntrack open() throws EngineException {
        return new Conntrack(NetlinkSocket.open(NetlinkSocket.NETLINK_NETFILTER, 0));
    }

    /// Deletes the flows that a removed mapping translated to a container, and those that reached the
    /// host itself on a port that now has a mapping.
    ///
    /// An answer of the container that is under way then starts a flow of its own, from its port to the
    /// client. Masqueraded, this flow would be the reverse direction of the client's next packet, and
    /// lead it to the container again. So each deleted flow is replaced by one to the host itself, and
    /// flows of faster answers are deleted too.
    ///
    /// @param hostAddresses every address of the host
    public void flushMappings(
            Collection<UdpMapping> gone, Collection<UdpMapping> come, Collection<InetAddress> hostAddresses)
            throws EngineException {
        Set<Family> families = EnumSet.noneOf(Family.class);
        gone.forEach(mapping -> families.add(Family.of(mapping.container())));
        come.forEach(mapping -> families.add(Family.of(mapping.container())));
        for (Family family : families) {
            // Unreadable flows are ignored here; the comparison of flows reports them.
            for (UdpFlow flow : flows(family, Unreadable.IGNORE)) {
                boolean led = gone.stream().anyMatch(mapping -> mapping.translates(flow));
                boolean leadsBack = gone.stream().anyMatch(mapping -> mapping.isReverseOf(flow));
                boolean astray = flow.isToHost(hostAddresses)
                        && come.stream().anyMatch(mapping -> mapping.matchesDestination(flow.original()));
                if (led || leadsBack || astray) {
                    delete(flow);
                }
                if (led || leadsBack) {
                    createUntranslated(led ? flow.original() : flow.reply());
                }
            }
        }
    }

    /// All UDP flows of a family. Kernels before 5.8 ignore the filter and send other flows as well.
    public List<UdpFlow> flows(Family family, Consumer<Unreadable> unreadable) throws EngineException {
        return read(flowMessages(family), unreadable);
    }

    public List<NetlinkMessage> flowMessages(Family family) throws EngineException {
        NetlinkRequest request = request(IPCTNL_MSG_CT_GET, NetlinkRequest.NLM_F_DUMP, family);
        request.nested(
                        CTA_TUPLE_ORIG,
                        () -> request.nested(
                                FlowTuple.CTA_TUPLE_PROTO,
                                () -> request.attribute(FlowTuple.CTA_PROTO_NUM, new byte[] {FlowTuple.IPPROTO_UDP})))
                .nested(
                        CTA_FILTER,
                        () -> request.attribute(CTA_FILTER_ORIG_FLAGS, CTA_FILTER_F_PROTO_NUM)
                                .attribute(CTA_FILTER_REPLY_FLAGS, 0));
        return socket.dump("list UDP flows", request);
    }

    public static List<UdpFlow> read(List<NetlinkMessage> messages, Consumer<Unreadable> unreadable) {
        List<UdpFlow> flows = new ArrayList<>();
        NetlinkMessage.readEach(
                Unreadable.Kind.FLOW, messages, message -> flow(message).map(flows::add), unreadable);
        return flows;
    }

    /// Empty for another protocol.
    private static Optional<UdpFlow> flow(NetlinkMessage message) throws EngineException {
        Attributes attributes = message.attributes(NFGENMSG);
        ByteBuffer id = attributes.raw(CTA_ID);
        Attributes asked = attributes.nested(CTA_TUPLE_ORIG);
        byte[] protocol = asked.nested(FlowTuple.CTA_TUPLE_PROTO).bytes(FlowTuple.CTA_PROTO_NUM);
        if (id.remaining() < Integer.BYTES || protocol == null || protocol[0] != FlowTuple.IPPROTO_UDP) {
            return Optional.empty();
        }
        return Optional.of(new UdpFlow(
                FlowTuple.read(asked),
                FlowTuple.read(attributes.nested(CTA_TUPLE_REPLY)),
                id.order(ByteOrder.BIG_ENDIAN).getInt()));
    }

    /// Deletes a flow, which may have ended meanwhile.
    public void delete(UdpFlow flow) throws EngineException {
        FlowTuple asked = flow.original();
        NetlinkRequest request = request(IPCTNL_MSG_CT_DELETE, 0, Family.of(asked.source()));
        request.nested(CTA_TUPLE_ORIG, () -> asked.write(request)).attribute(CTA_ID, bigEndian(flow.id()));
        try {
            socket.request("end a UDP flow", request);
        } catch (EngineException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
    }

    /// Creates a flow without translation, unless the client itself has created it meanwhile.
    public void createUntranslated(FlowTuple asked) throws EngineException {
        NetlinkRequest request = request(
                IPCTNL_MSG_CT_NEW, NetlinkRequest.NLM_F_CREATE | NetlinkRequest.NLM_F_EXCL, Family.of(asked.source()));
        request.nested(CTA_TUPLE_ORIG, () -> asked.write(request))
                .nested(CTA_TUPLE_REPLY, () -> asked.reversed().write(request))
                .attribute(CTA_TIMEOUT, bigEndian(UNANSWERED_SECONDS));
        try {
            socket.request("lead a UDP flow to the host", request);
        } catch (EngineException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
        }
    }

    private static NetlinkRequest request(int type, int flags, Family family) {
        return new NetlinkRequest(NFNL_SUBSYS_CTNETLINK << 8 | type, flags).nfgenmsg(Rtnl.af(family), 0);
    }

    /// All numbers of ctnetlink are in network order.
    private static byte[] bigEndian(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    @Override
    public void close() {
        socket.close();
    }
}
