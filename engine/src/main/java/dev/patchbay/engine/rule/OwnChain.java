package dev.patchbay.engine.rule;

import dev.patchbay.engine.net.Family;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The chains that we make.
public enum OwnChain {
    /// What keeps packets to addresses of the loopback from coming in by another link.
    LOOPBACK(Table.RAW, "-PREROUTING"),
    /// What a network lets through.
    FORWARD(Table.FILTER, "-FORWARD"),
    /// What may come in through a published port.
    PUBLISHED(Table.FILTER, ""),
    /// What leaves a network's bridge for another link goes on to [#ISOLATION_2].
    ISOLATION_1(Table.FILTER, "-ISOLATION-STAGE-1"),
    /// What came in through a published port returns, the rest goes on to [#ISOLATION_3].
    ISOLATION_2(Table.FILTER, "-ISOLATION-STAGE-2"),
    /// What came from one network's bridge does not enter another's. The first rule of [#ISOLATION_2] has to stay the
    /// first, and a rule is inserted at the head of a chain without reading it.
    ISOLATION_3(Table.FILTER, "-ISOLATION-STAGE-3"),
    /// Left to the person: whatever is in there besides its closing rule is kept.
    USER(Table.FILTER, "-USER"),
    /// To which container a published port leads.
    DNAT(Table.NAT, ""),
    /// Whose source address is replaced on the way out.
    POSTROUTING(Table.NAT, "-POSTROUTING"),
    /// What is let through to another engine's container, and back.
    EXTERNAL(Table.FILTER, "-FORWARDS"),
    /// To which container of another engine a port leads.
    EXTERNAL_DNAT(Table.NAT, "-FORWARDS"),
    /// Whose address is replaced by the host's, so that the answer comes back here.
    EXTERNAL_MASQUERADE(Table.NAT, "-RETURNS");

    /// What the names of all chains of ours begin with.
    public static final String PREFIX = "PATCHBAY";

    private final Table table;
    private final String suffix;

    OwnChain(Table table, String suffix) {
        this.table = table;
        this.suffix = suffix;
    }

    /// The chain of ours of this name; null when there is none in the table.
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
