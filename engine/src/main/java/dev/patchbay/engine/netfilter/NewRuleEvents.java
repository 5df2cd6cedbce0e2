package dev.patchbay.engine.netfilter;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.netlink.Attributes;
import dev.patchbay.engine.netlink.NetlinkMessage;
import dev.patchbay.engine.netlink.NetlinkSocket;
import dev.patchbay.engine.netlink.Rtnl;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Hears of each nf_tables rule that is made in one network namespace from now on, by whoever. One caller at a time.
///
/// The kernel tells of a transaction before it answers whoever sent it, in the order in which it was written. Who
/// that was cannot be learned soundly: NFTA_GEN_PROC_PID is a pid of the first pid namespace.
public final class NewRuleEvents implements AutoCloseable {
    /// NFNLGRP_NFTABLES in linux/netfilter/nfnetlink.h is group 7; masks count from bit 0.
    public static final int GROUP = 1 << 6;

    private static final String STEP = "hear of new rules";

    private final NetlinkSocket socket;

    private NewRuleEvents(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// Of the calling thread's network namespace.
    public static NewRuleEvents open() throws EngineException {
        return new NewRuleEvents(NetlinkSocket.open(NetlinkSocket.NETLINK_NETFILTER, GROUP));
    }

    /// The rules of one family that were made since this was last asked, in order.
    ///
    /// @throws EngineException with ENOBUFS when there were more than could be kept
    public List<NewRule> drain(Family family) throws EngineException {
        List<NewRule> made = new ArrayList<>();
        for (List<NetlinkMessage> messages = socket.receiveEvents(STEP);
                !messages.isEmpty();
                messages = socket.receiveEvents(STEP)) {
            for (NetlinkMessage message : messages) {
                if (message.type() == NfTables.messageType(NfTables.NFT_MSG_NEWRULE)) {
                    message.requireHeader(NfTables.NFGENMSG);
                    if (message.payload().get(0) == Rtnl.af(family)) {
                        made.add(rule(message.attributes(NfTables.NFGENMSG)));
                    }
                }
            }
        }
        return made;
    }

    private static NewRule rule(Attributes attributes) throws EngineException {
        return new NewRule(
                attributes.string(NfTables.NFTA_RULE_TABLE),
                attributes.string(NfTables.NFTA_RULE_CHAIN),
                NfTables.handle(attributes),
                Objects.requireNonNullElse(copy(attributes, NfTables.NFTA_RULE_EXPRESSIONS), ByteBuffer.allocate(0)),
                copy(attributes, NfTables.NFTA_RULE_USERDATA));
    }

    private static @Nullable ByteBuffer copy(Attributes attributes, int type) {
        byte[] bytes = attributes.bytes(type);
        return bytes == null ? null : ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    @Override
    public void close() {
        socket.close();
    }
}
