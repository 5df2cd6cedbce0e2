package dev.patchbay.engine.rule;

import dev.patchbay.engine.net.Addresses;
import dev.patchbay.engine.net.PortRange;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// What a rule does with a packet. The texts are those of `iptables-save`.
public sealed interface Target {
    String text();

    enum Verdict implements Target {
        ACCEPT,
        DROP,
        RETURN;

        @Override
        public String text() {
            return "-j " + name();
        }
    }

    /// @param chain of the same table
    record Jump(OwnChain chain) implements Target {
        @Override
        public String text() {
            return "-j " + chain;
        }
    }

    record Masquerade() implements Target {
        @Override
        public String text() {
            return "-j MASQUERADE";
        }
    }

    record Snat(InetAddress address) implements Target {
        @Override
        public String text() {
            return "-j SNAT --to-source " + Addresses.format(address);
        }
    }

    /// @param ports null where a packet keeps its port
    /// @param base the port that leads to the first one of a range; 0 for a single port
    record Dnat(InetAddress address, @Nullable PortRange ports, int base) implements Target {
        @Override
        public String text() {
            return "-j DNAT --to-destination " + destination();
        }

        private String destination() {
            if (ports == null) {
                return Addresses.format(address);
            }
            String first = Addresses.formatSocket(address, ports.first());
            return ports.size() == 1 ? first : first + "-" + ports.last() + "/" + base;
        }
    }
}
