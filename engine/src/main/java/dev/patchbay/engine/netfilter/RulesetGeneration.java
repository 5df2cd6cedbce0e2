package dev.patchbay.engine.netfilter;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.netlink.NetlinkMessage;
import dev.patchbay.engine.netlink.NetlinkRequest;
import dev.patchbay.engine.netlink.NetlinkSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The kernel's generation number of a network namespace's nf_tables ruleset: it increases with every
/// transaction of any program. A ruleset that was read between two equal numbers is valid while the
/// number stays the same.
public final class RulesetGeneration {
    private static final String STEP = "ask which ruleset is in force";

    private RulesetGeneration() {}

    /// The number for the calling thread's network namespace.
    public static long current() throws EngineException {
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.NETLINK_NETFILTER, 0)) {
            NetlinkRequest request =
                    new NetlinkRequest(NfTables.messageType(NfTables.NFT_MSG_GETGEN), 0).nfgenmsg(0, 0);
            for (NetlinkMessage answer : socket.request(STEP, request)) {
                if (answer.type() == NfTables.messageType(NfTables.NFT_MSG_NEWGEN)) {
                    ByteBuffer id = answer.attributes(NfTables.NFGENMSG).raw(NfTables.NFTA_GEN_ID);
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
