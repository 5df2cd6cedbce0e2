package dev.patchbay.engine.netfilter;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.netlink.Attributes;
import dev.patchbay.engine.netlink.NetlinkMessage;
import dev.patchbay.engine.netlink.NetlinkRequest;
import dev.patchbay.engine.netlink.NetlinkSocket;
import java.util.List;
import java.util.function.Consumer;

/// A chain of nf_tables, of any owner.
///
/// @param family as nft names it; empty for an unknown one
public record NfChain(String family, String table, String name) {
    /// All chains of the calling thread's network namespace, table by table.
    public static List<NfChain> list(Consumer<Unreadable> unreadable) throws EngineException {
        return read(messages(), unreadable);
    }

    public static List<NetlinkMessage> messages() throws EngineException {
        NetlinkRequest request = new NetlinkRequest(
                        NfTables.messageType(NfTables.NFT_MSG_GETCHAIN), NetlinkRequest.NLM_F_DUMP)
                .nfgenmsg(0, 0);
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.NETLINK_NETFILTER, 0)) {
            return socket.dump("list the chains of nf_tables", request).stream()
                    .filter(message -> message.type() == NfTables.messageType(NfTables.NFT_MSG_NEWCHAIN))
                    .toList();
        }
    }

    public static List<NfChain> read(List<NetlinkMessage> messages, Consumer<Unreadable> unreadable) {
        return NetlinkMessage.readEach(Unreadable.Kind.CHAIN, messages, NfChain::read, unreadable);
    }

    private static NfChain read(NetlinkMessage message) throws EngineException {
        Attributes attributes = message.attributes(NfTables.NFGENMSG);
        return new NfChain(
                family(message.payload().get(0)),
                attributes.string(NfTables.NFTA_CHAIN_TABLE),
                attributes.string(NfTables.NFTA_CHAIN_NAME));
    }

    /// NFPROTO_… of linux/netfilter.h.
    private static String family(int number) {
        return switch (number) {
            case 1 -> "inet";
            case 2 -> "ip";
            case 3 -> "arp";
            case 5 -> "netdev";
            case 7 -> "bridge";
            case 10 -> "ip6";
            default -> "";
        };
    }
}
