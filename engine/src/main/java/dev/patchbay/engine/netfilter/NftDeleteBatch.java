package dev.patchbay.engine.netfilter;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.netlink.NetlinkRequest;
import dev.patchbay.engine.netlink.NetlinkSocket;
import dev.patchbay.engine.netlink.Rtnl;
import dev.patchbay.engine.rule.Chain;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// One nf_tables transaction that deletes rules by their handles, in any tables of a family: either all
/// of them or none.
///
/// It includes the generation of the ruleset for which it was made. If another program has changed a
/// rule since, the kernel refuses it (ERESTART), so a handle never deletes another rule than intended.
public final class NftDeleteBatch {
    private static final int NFNL_MSG_BATCH_BEGIN = 16;
    private static final int NFNL_MSG_BATCH_END = 17;
    private static final int NFNL_BATCH_GENID = 1;

    private static final String STEP = "delete rules by their handles";

    private final Family family;
    private final List<NetlinkRequest> batch = new ArrayList<>();

    /// @param generation of the ruleset that this changes ([RulesetGeneration])
    public NftDeleteBatch(Family family, long generation) {
        this.family = family;
        byte[] bigEndian =
                ByteBuffer.allocate(Integer.BYTES).putInt((int) generation).array();
        batch.add(marker(NFNL_MSG_BATCH_BEGIN).attribute(NFNL_BATCH_GENID, bigEndian));
    }

    /// @param chain one of the family
    public void add(Chain chain, long handle) {
        byte[] bigEndian = ByteBuffer.allocate(Long.BYTES).putLong(handle).array();
        batch.add(NetlinkRequest.withoutAck(NfTables.messageType(NfTables.NFT_MSG_DELRULE), 0)
                .nfgenmsg(Rtnl.af(family), 0)
                .attribute(NfTables.NFTA_RULE_TABLE, chain.table())
                .attribute(NfTables.NFTA_RULE_CHAIN, chain.name())
                .attribute(NfTables.NFTA_RULE_HANDLE, bigEndian));
    }

    /// Deletes the rules in the calling thread's network namespace. After a failure all of them still
    /// exist.
    public void commit() throws EngineException {
        // The last message is acknowledged, and the others are answered only on failure; so the first
        // answer is the result of the whole batch.
        batch.getLast().withAck();
        batch.add(marker(NFNL_MSG_BATCH_END));
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.NETLINK_NETFILTER, 0)) {
            socket.request(STEP, batch);
        }
    }

    /// The subsystem of the batch, in network order.
    private static NetlinkRequest marker(int type) {
        return NetlinkRequest.withoutAck(type, 0).nfgenmsg(0, NfTables.NFNL_SUBSYS_NFTABLES);
    }
}
