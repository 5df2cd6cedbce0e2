package dev.patchbay.engine.netlink;

import dev.patchbay.engine.EngineException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The kernel's number of the present nf_tables ruleset of a network namespace: one more after every transaction, by
/// whoever. A ruleset that was read between two equal numbers still is as it was read as long as the number is the
/// same.
public final class Generation {
    /// From linux/netfilter/nfnetlink.h and nf_tables.h.
    private static final int NFNL_SUBSYS_NFTABLES = 10;

    private static final int NFT_MSG_NEWGEN = 15;
    private static final int NFT_MSG_GETGEN = 16;
    private static final int NFTA_GEN_ID = 1;
    /// struct nfgenmsg
    private static final int NFGENMSG = 4;

    private static final String STEP = "ask which ruleset is in force";

    private Generation() {}

    /// Of the calling thread's network namespace.
    public static long current() throws EngineException {
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.NETLINK_NETFILTER, 0)) {
            NetlinkRequest request = new NetlinkRequest(NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_GETGEN, 0)
                    .u8(0)
                    .u8(0)
                    .u16(0);
            for (NetlinkMessage answer : socket.request(STEP, request)) {
                if (answer.type() == (NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_NEWGEN)) {
                    ByteBuffer id = answer.attributes(NFGENMSG).raw(NFTA_GEN_ID);
                    if (id.remaining() >= Integer.BYTES) {
                        return Integer.toUnsignedLong(
                                id.order(ByteOrder.BIG_ENDIAN).getInt());
                    }
                }
            }
        }
        throw new EngineException(STEP, "the kernel did not say");
    }
}
