package dev.patchbay.engine.netfilter;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.netlink.NetlinkRequest;
import dev.patchbay.engine.netlink.NetlinkSocket;
import dev.patchbay.engine.netlink.Rtnl;
import dev.patchbay.engine.os.Errno;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// One nf_tables transaction over any tables of a family: all of it comes into force at one moment, or nothing does.
///
/// It names the ruleset that it was made for. When somebody has changed a rule since, the kernel refuses it
/// (ERESTART), so a handle in it never is that of another rule than was meant.
public final class NftTransaction {
    /// Instead of a generation, for what holds whatever others do.
    public static final long ANY_GENERATION = 0;

    private static final int NFNL_MSG_BATCH_BEGIN = 16;
    private static final int NFNL_MSG_BATCH_END = 17;
    private static final int NFNL_BATCH_GENID = 1;
    private static final int NFTA_RULE_COMPAT_PROTO = 1;
    private static final int NFTA_RULE_COMPAT_FLAGS = 2;
    private static final int NLM_F_APPEND = 0x800;

    private static final String STEP = "change rules by their handles";

    private final Family family;
    private final NetlinkRequest begin;
    private final List<NetlinkRequest> requests = new ArrayList<>();

    /// @param generation of the ruleset that this is to change ([RulesetGeneration])
    public NftTransaction(Family family, long generation) {
        this.family = family;
        this.begin = batchMarker(NFNL_MSG_BATCH_BEGIN).attribute(NFNL_BATCH_GENID, bigEndian((int) generation));
    }

    /// Another rule that does what `like` does, counters included.
    ///
    /// @param above the handle of the rule it goes above, 0 for the end of the chain
    /// @param protocol the number of the one that the rule is about, 0 for any: what the kernel does not tell of a
    ///     rule and yet has to be told
    public void insert(String table, String chain, long above, NewRule like, int protocol) throws EngineException {
        ByteBuffer userData = like.userData();
        if (like.expressions().remaining() + (userData == null ? 0 : userData.remaining())
                > NetlinkRequest.MAX_ATTRIBUTE) {
            throw new EngineException(STEP, "a rule is too long", Errno.EMSGSIZE, null);
        }
        int place = above == 0 ? NLM_F_APPEND : 0;
        NetlinkRequest request = request(NfTables.NFT_MSG_NEWRULE, NetlinkRequest.NLM_F_CREATE | place)
                .attribute(NfTables.NFTA_RULE_TABLE, table)
                .attribute(NfTables.NFTA_RULE_CHAIN, chain)
                .attribute(NfTables.NFTA_RULE_EXPRESSIONS | NetlinkRequest.NLA_F_NESTED, like.expressions());
        if (userData != null) {
            request.attribute(NfTables.NFTA_RULE_USERDATA, userData);
        }
        if (protocol != 0) {
            request.nested(
                    NfTables.NFTA_RULE_COMPAT,
                    () -> request.attribute(NFTA_RULE_COMPAT_PROTO, bigEndian(protocol))
                            .attribute(NFTA_RULE_COMPAT_FLAGS, bigEndian(0)));
        }
        if (above != 0) {
            request.attribute(NfTables.NFTA_RULE_POSITION, bigEndian(above));
        }
        requests.add(request);
    }

    public void delete(String table, String chain, long handle) {
        requests.add(request(NfTables.NFT_MSG_DELRULE, 0)
                .attribute(NfTables.NFTA_RULE_TABLE, table)
                .attribute(NfTables.NFTA_RULE_CHAIN, chain)
                .attribute(NfTables.NFTA_RULE_HANDLE, bigEndian(handle)));
    }

    /// A chain with all of its rules.
    public void deleteChain(String table, String chain) {
        requests.add(request(NfTables.NFT_MSG_DELRULE, 0)
                .attribute(NfTables.NFTA_RULE_TABLE, table)
                .attribute(NfTables.NFTA_RULE_CHAIN, chain));
        requests.add(request(NfTables.NFT_MSG_DELCHAIN, 0)
                .attribute(NfTables.NFTA_CHAIN_TABLE, table)
                .attribute(NfTables.NFTA_CHAIN_NAME, chain));
    }

    /// Makes the changes in the calling thread's network namespace. When this fails, none of them is made.
    public void commit() throws EngineException {
        List<NetlinkRequest> batch = new ArrayList<>();
        batch.add(begin);
        batch.addAll(requests);
        // Answered after all others, of which only failures are: so the first answer is that of the whole.
        batch.getLast().withAck();
        batch.add(batchMarker(NFNL_MSG_BATCH_END));
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.NETLINK_NETFILTER, 0)) {
            socket.request(STEP, batch);
        }
    }

    private NetlinkRequest request(int message, int flags) {
        return NetlinkRequest.withoutAck(NfTables.messageType(message), flags).nfgenmsg(Rtnl.af(family), 0);
    }

    /// For which subsystem the batch is, in network order.
    private static NetlinkRequest batchMarker(int type) {
        return NetlinkRequest.withoutAck(type, 0).nfgenmsg(0, NfTables.NFNL_SUBSYS_NFTABLES);
    }

    private static byte[] bigEndian(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    private static byte[] bigEndian(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
