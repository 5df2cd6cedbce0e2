package dev.patchbay.engine.rule;

import dev.patchbay.engine.net.Family;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Our chains.
public enum OwnChain {
    /// Drops packets to loopback addresses that arrive on other links.
    LOOPBACK(Table.RAW, "-PREROUTING"),
    /// Accepts packets of a network.
    FORWARD(Table.FILTER, "-FORWARD"),
    /// Accepts packets through published ports.
    PUBLISHED(Table.FILTER, ""),
    /// Packets that leave a network's bridge for another link; the rest is checked in [#ISOLATION_2].
    ISOLATION_1(Table.FILTER, "-ISOLATION-STAGE-1"),
    /// Packets through published ports return; the rest is checked in [#ISOLATION_3].
    ISOLATION_2(Table.FILTER, "-ISOLATION-STAGE-2"),
    /// Drops packets from one network's bridge to another's. The first rule of [#ISOLATION_2] must stay
    /// the first, and new rules are inserted at the head of a chain without reading it; therefore they
    /// have this chain.
    ISOLATION_3(Table.FILTER, "-ISOLATION-STAGE-3"),
    /// For the person's own rules: all except its last rule are kept.
    USER(Table.FILTER, "-USER"),
    /// Translates the destination of packets to a published port.
    DNAT(Table.NAT, ""),
    /// Replaces the source of outgoing packets.
    POSTROUTING(Table.NAT, "-POSTROUTING"),
    /// Accepts packets to another engine's containers, and the answers.
    EXTERNAL(Table.FILTER, "-FORWARDS"),
    /// Translates packets to a container of another engine.
    EXTERNAL_DNAT(Table.NAT, "-FORWARDS"),
    /// Replaces the source by the host's address, so that the answer comes back to the host.
    EXTERNAL_MASQUERADE(Table.NAT, "-RETURNS");

    /// The prefix of the names of all our chains.
    public static final String PREFIX = "PATCHBAY";

    private final Table table;
    private final String suffix;

    OwnChain(Table table, String suffix) {
        this.table = table;
        this.suffix = suffix;
    }

    /// Our chain of this name; null when the table has none.
    public static @Nullable OwnChain find(String table, String name) {
        return Stream.of(values())
                .filter(chain ->
                        chain.table.toString().equals(table) && chain.toString().equals(name))
                .findFirst()
                .orElse(null);
    }

    public Chain in(Family family) {
        return new Chain(family, table.toString(), toString());
    }

    /// Its name in the kernel.
    @Override
    public String toString() {
        return PREFIX + suffix;
    }
}
