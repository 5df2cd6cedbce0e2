package dev.patchbay.engine.dns;

import dev.patchbay.engine.Id;
import java.util.Collection;
import java.util.List;

/// A change of the resolver's records, applied all at once. Removing a missing record does nothing.
///
/// @param put new records, and replacements of records with the same id
public record DnsChange(List<DnsRecord> put, List<Id> remove) {
    public DnsChange {
        put = List.copyOf(put);
        remove = List.copyOf(remove);
    }

    /// All records, for a resolver that has none yet.
    static DnsChange all(Collection<DnsRecord> records) {
        return new DnsChange(List.copyOf(records), List.of());
    }

    public boolean isEmpty() {
        return put.isEmpty() && remove.isEmpty();
    }
}
