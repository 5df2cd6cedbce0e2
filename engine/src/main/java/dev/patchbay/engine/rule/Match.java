package dev.patchbay.engine.rule;

import dev.patchbay.engine.kernel.LinkName;
import dev.patchbay.engine.net.Cidr;
import dev.patchbay.engine.net.PortRange;
import dev.patchbay.engine.net.Protocol;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A match of a rule. The texts are those of `iptables-save`.
public sealed interface Match {
    String LOOPBACK = "lo";

    String text();

    private static String not(boolean negated) {
        return negated ? "! " : "";
    }

    private static String requireLink(String name) {
        if (!name.equals(LOOPBACK)) {
            LinkName.require(name, "link");
        }
        return name;
    }

    record Source(Cidr prefix, boolean negated) implements Match {
        @Override
        public String text() {
            return not(negated) + "-s " + prefix;
        }
    }

    record Destination(Cidr prefix, boolean negated) implements Match {
        @Override
        public String text() {
            return not(negated) + "-d " + prefix;
        }
    }

    /// The incoming link of a packet.
    record In(String link, boolean negated) implements Match {
        public In {
            requireLink(link);
        }

        @Override
        public String text() {
            return not(negated) + "-i " + link;
        }
    }

    /// The outgoing link of a packet.
    record Out(String link, boolean negated) implements Match {
        public Out {
            requireLink(link);
        }

        @Override
        public String text() {
            return not(negated) + "-o " + link;
        }
    }

    record Transport(Protocol protocol) implements Match {
        @Override
        public String text() {
            return "-p " + protocol;
        }
    }

    record SourcePorts(Protocol protocol, PortRange ports) implements Match {
        @Override
        public String text() {
            return "-m " + protocol + " --sport " + range(ports);
        }
    }

    record DestinationPorts(Protocol protocol, PortRange ports) implements Match {
        @Override
        public String text() {
            return "-m " + protocol + " --dport " + range(ports);
        }
    }

    private static String range(PortRange ports) {
        return ports.size() == 1 ? "" + ports.first() : ports.first() + ":" + ports.last();
    }

    /// The source is an address of this host.
    record FromHost() implements Match {
        @Override
        public String text() {
            return "-m addrtype --src-type LOCAL";
        }
    }

    /// The destination is an address of this host.
    record ToHost() implements Match {
        @Override
        public String text() {
            return "-m addrtype --dst-type LOCAL";
        }
    }

    enum ConntrackState {
        RELATED,
        ESTABLISHED,
        /// The destination was translated.
        DNAT
    }

    enum Direction {
        ORIGINAL,
        REPLY
    }

    /// The connection of a packet.
    ///
    /// @param states one of them must match; none of them when negated; empty for any state
    /// @param originalDestination the first destination of its connection
    record Conntrack(
            Set<ConntrackState> states,
            boolean negated,
            @Nullable Cidr originalDestination,
            @Nullable Direction direction)
            implements Match {
        public Conntrack {
            states = Set.copyOf(states);
        }

        @Override
        public String text() {
            StringBuilder text = new StringBuilder("-m conntrack");
            if (!states.isEmpty()) {
                text.append(negated ? " ! --ctstate " : " --ctstate ")
                        .append(EnumSet.copyOf(states).stream().map(Enum::name).collect(Collectors.joining(",")));
            }
            if (originalDestination != null) {
                text.append(" --ctorigdst ").append(originalDestination);
            }
            if (direction != null) {
                text.append(" --ctdir ").append(direction);
            }
            return text.toString();
        }
    }
}
