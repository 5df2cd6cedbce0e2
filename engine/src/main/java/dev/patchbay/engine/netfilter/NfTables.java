package dev.patchbay.engine.netfilter;

/// The words of nf_tables netlink (linux/netfilter/nf_tables.h, nfnetlink.h). What a rule means is left to iptables,
/// which has its own way of writing it.
public final class NfTables {
    /// NFNLGRP_NFTABLES in linux/netfilter/nfnetlink.h is group 7; masks count from bit 0.
    public static final int EVENT_GROUP = 1 << 6;

    static final int NFNL_SUBSYS_NFTABLES = 10;

    static final int NFT_MSG_NEWCHAIN = 3;
    static final int NFT_MSG_GETCHAIN = 4;
    static final int NFT_MSG_NEWGEN = 15;
    static final int NFT_MSG_GETGEN = 16;

    static final int NFTA_GEN_ID = 1;
    static final int NFTA_CHAIN_TABLE = 1;
    static final int NFTA_CHAIN_NAME = 3;

    /// struct nfgenmsg
    static final int NFGENMSG = 4;

    private NfTables() {}

    static int messageType(int message) {
        return NFNL_SUBSYS_NFTABLES << 8 | message;
    }
}
