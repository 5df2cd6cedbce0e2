package dev.patchbay.engine.kernel;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// The tables of nf_tables that iptables does not show, as they were read at one time.
///
/// @param version a number that no other tables have, also not those of another helper; 0 of no tables
public record NftTables(long version, List<KernelTable> tables) {
    public static final NftTables EMPTY = new NftTables(0, List.of());

    public NftTables {
        tables = List.copyOf(tables);
    }

    /// These when the read ones are the same, with a new version otherwise.
    public NftTables replacedBy(List<KernelTable> read) {
        if (read.equals(tables)) {
            return this;
        }
        return read.isEmpty()
                ? EMPTY
                : new NftTables(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE), read);
    }
}
