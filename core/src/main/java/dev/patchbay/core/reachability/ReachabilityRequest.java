package dev.patchbay.core.reachability;

import dev.patchbay.core.model.Topology;
import dev.patchbay.core.naming.NameLookup;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.core.refusal.ReachabilityRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.net.Family;

/// A query as a person types it.
///
/// @param from a container's name, id or unique prefix, or `host`, or `outside`
/// @param to the same, and `:80`, `:80/tcp` or `:53/udp`; without a port it is a ping
/// @param ipv6 whether to use IPv6 addresses
/// @param probe whether to send a packet as well
public record ReachabilityRequest(String from, String to, boolean ipv6, boolean probe) {
    private static final String HOST = "host";
    private static final String OUTSIDE = "outside";

    public ReachabilityQuery resolve(Topology topology) throws RefusedException {
        Family family = ipv6 ? Family.IPV6 : Family.IPV4;
        if (from.indexOf(':') >= 0) {
            throw ReachabilityRefusals.portOnSource(from);
        }
        PathEnd start = end(from, topology);
        int colon = to.indexOf(':');
        PathEnd end = end(colon < 0 ? to : to.substring(0, colon), topology);
        if (start instanceof PathEnd.Outside && end instanceof PathEnd.Outside) {
            throw ReachabilityRefusals.bothOutside();
        }
        if (colon < 0) {
            return new ReachabilityQuery(start, end, null, 0, family);
        }
        String text = to.substring(colon + 1);
        try {
            PortArgument port = PortArgument.parse(text);
            if (text.isEmpty() || port.hostPorts() != null || !port.allowed().isEmpty()) {
                throw ReachabilityRefusals.noPort(to);
            }
            if (port.containerPorts() == null || port.containerPorts().size() != 1) {
                throw ReachabilityRefusals.noPort(to);
            }
            return new ReachabilityQuery(
                    start, end, port.protocol(), port.containerPorts().first(), family);
        } catch (PortArgument.InvalidPortException e) {
            throw ReachabilityRefusals.invalidPort(e.sentence());
        }
    }

    private static PathEnd end(String word, Topology topology) throws RefusedException {
        return switch (word) {
            case HOST -> new PathEnd.OnHost();
            case OUTSIDE -> new PathEnd.Outside();
            default ->
                new PathEnd.InContainer(NameLookup.container(topology, word).id());
        };
    }
}
