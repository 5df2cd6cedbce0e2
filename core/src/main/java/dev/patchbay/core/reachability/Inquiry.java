package dev.patchbay.core.reachability;

import dev.patchbay.core.naming.Lookup;
import dev.patchbay.core.ports.PortArgument;
import dev.patchbay.core.refusal.Mistake;
import dev.patchbay.core.refusal.ReachabilityMistakes;
import dev.patchbay.engine.net.Family;
import dev.patchbay.engine.spec.Specs;

/// A question as a person types it.
///
/// @param from a container's name, id or unique prefix, or `host`, or `outside`
/// @param to the same, and `:80`, `:80/tcp` or `:53/udp`; without a port it is a ping
/// @param ipv6 by addresses of IPv6
/// @param probe a packet is sent as well
public record Inquiry(String from, String to, boolean ipv6, boolean probe) {
    private static final String HOST = "host";
    private static final String OUTSIDE = "outside";

    public Question question(Specs specs) throws Mistake {
        Family family = ipv6 ? Family.IPV6 : Family.IPV4;
        if (from.indexOf(':') >= 0) {
            throw ReachabilityMistakes.portAtTheStart(from);
        }
        End start = end(from, specs);
        int colon = to.indexOf(':');
        End end = end(colon < 0 ? to : to.substring(0, colon), specs);
        if (start instanceof End.Outside && end instanceof End.Outside) {
            throw ReachabilityMistakes.bothOutside();
        }
        if (colon < 0) {
            return new Question(start, end, null, 0, family);
        }
        String text = to.substring(colon + 1);
        try {
            PortArgument port = PortArgument.parse(text);
            if (text.isEmpty() || port.hostPorts() != null || !port.allowed().isEmpty()) {
                throw ReachabilityMistakes.noPort(to);
            }
            if (port.containerPorts() == null || port.containerPorts().size() != 1) {
                throw ReachabilityMistakes.noPort(to);
            }
            return new Question(
                    start, end, port.protocol(), port.containerPorts().first(), family);
        } catch (PortArgument.Invalid e) {
            throw ReachabilityMistakes.invalidPort(e.sentence());
        }
    }

    private static End end(String word, Specs specs) throws Mistake {
        return switch (word) {
            case HOST -> new End.OnHost();
            case OUTSIDE -> new End.Outside();
            default -> new End.InContainer(Lookup.container(specs, word).id());
        };
    }
}
