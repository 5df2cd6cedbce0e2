package dev.patchbay.engine.netfilter;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.netlink.Attributes;
import dev.patchbay.engine.netlink.NetlinkMessage;
import dev.patchbay.engine.netlink.NetlinkRequest;
import dev.patchbay.engine.netlink.NetlinkSocket;
import dev.patchbay.engine.netlink.Rtnl;
import dev.patchbay.engine.rule.Chain;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Constants of nf_tables netlink (linux/netfilter/nf_tables.h, nfnetlink.h), and the one query for
/// rules that goes to the kernel directly. Parsing rules is left to iptables.
public final class NfTables {
    /// NFNLGRP_NFTABLES in linux/netfilter/nfnetlink.h is group 7; masks count from bit 0.
    public static final int EVENT_GROUP = 1 << 6;

    static final int NFNL_SUBSYS_NFTABLES = 10;

    static final int NFT_MSG_NEWCHAIN = 3;
    static final int NFT_MSG_GETCHAIN = 4;
    static final int NFT_MSG_NEWRULE = 6;
    static final int NFT_MSG_GETRULE = 7;
    static final int NFT_MSG_DELRULE = 8;
    static final int NFT_MSG_NEWGEN = 15;
    static final int NFT_MSG_GETGEN = 16;

    static final int NFTA_GEN_ID = 1;
    static final int NFTA_CHAIN_TABLE = 1;
    static final int NFTA_CHAIN_NAME = 3;
    static final int NFTA_RULE_TABLE = 1;
    static final int NFTA_RULE_CHAIN = 2;
    static final int NFTA_RULE_HANDLE = 3;

    /// struct nfgenmsg
    static final int NFGENMSG = 4;

    private static final String STEP = "ask for the handles of rules";

    private NfTables() {}

    /// The handles of all rules of a chain, top down. Of the calling thread's network namespace; costs what the whole
    /// chain costs.
    public static List<Long> handles(Chain chain) throws EngineException {
        NetlinkRequest request = new NetlinkRequest(messageType(NFT_MSG_GETRULE), NetlinkRequest.NLM_F_DUMP)
                .nfgenmsg(Rtnl.af(chain.family()), 0)
                .attribute(NFTA_RULE_TABLE, chain.table())
                .attribute(NFTA_RULE_CHAIN, chain.name());
        List<Long> handles = new ArrayList<>();
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.NETLINK_NETFILTER, 0)) {
            for (NetlinkMessage message : socket.dump(STEP, request)) {
                Attributes attributes = message.attributes(NFGENMSG);
                // Kernels before 5.1 ignore the requested chain.
                if (message.type() == messageType(NFT_MSG_NEWRULE)
                        && chain(chain.family(), attributes).equals(chain)) {
                    handles.add(handle(attributes));
                }
            }
        }
        return handles;
    }

    static Chain chain(Family family, Attributes rule) {
        return new Chain(family, rule.string(NFTA_RULE_TABLE), rule.string(NFTA_RULE_CHAIN));
    }

    static long handle(Attributes rule) throws EngineException {
        byte[] handle = rule.bytes(NFTA_RULE_HANDLE);
        if (handle == null || handle.length != Long.BYTES) {
            throw Attributes.malformed("a rule has no handle");
        }
        return ByteBuffer.wrap(handle).getLong();
    }

    static int messageType(int message) {
        return NFNL_SUBSYS_NFTABLES << 8 | message;
    }
}
