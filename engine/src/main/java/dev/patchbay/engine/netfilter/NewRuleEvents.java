package dev.patchbay.engine.netfilter;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.netlink.Attributes;
import dev.patchbay.engine.netlink.NetlinkMessage;
import dev.patchbay.engine.netlink.NetlinkSocket;
import dev.patchbay.engine.netlink.Rtnl;
import dev.patchbay.engine.rule.Chain;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The nf_tables rules that anybody adds in one network namespace after this was opened. The kernel sends the events
/// of a transaction before it answers whoever sent the transaction, in the order of its messages.
public final class NewRuleEvents implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(NewRuleEvents.class.getName());

    private static final String STEP = "receive the events of new rules";

    private final NetlinkSocket socket;

    private NewRuleEvents(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// Of the calling thread's network namespace.
    public static NewRuleEvents open() throws EngineException {
        return new NewRuleEvents(NetlinkSocket.open(NetlinkSocket.NETLINK_NETFILTER, NfTables.EVENT_GROUP));
    }

    /// The handles of the rules of one family that were added since the last call, in their order; none when there
    /// were more than the socket's buffer holds.
    public Map<Chain, List<Long>> handles(Family family) {
        try {
            return read(family);
        } catch (EngineException e) {
            LOG.log(Level.DEBUG, "the handles of new rules are not known", e);
            return Map.of();
        }
    }

    private Map<Chain, List<Long>> read(Family family) throws EngineException {
        Map<Chain, List<Long>> handles = new HashMap<>();
        List<NetlinkMessage> messages = socket.receiveEvents(STEP);
        while (!messages.isEmpty()) {
            for (NetlinkMessage message : messages) {
                if (message.type() == NfTables.messageType(NfTables.NFT_MSG_NEWRULE)) {
                    Attributes attributes = message.attributes(NfTables.NFGENMSG);
                    if (message.payload().get(0) == Rtnl.af(family)) {
                        handles.computeIfAbsent(NfTables.chain(family, attributes), _ -> new ArrayList<>())
                                .add(NfTables.handle(attributes));
                    }
                }
            }
            messages = socket.receiveEvents(STEP);
        }
        return handles;
    }

    @Override
    public void close() {
        socket.close();
    }
}
