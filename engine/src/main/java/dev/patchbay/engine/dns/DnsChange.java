package dev.patchbay.engine.dns;

import dev.patchbay.engine.Id;
import java.util.Collection;
import java.util.List;

/// What changes for the resolver, all at once. Removing what is not there does nothing.
///
/// @param put new records, and records in place of those with the same id
public record DnsChange(List<DnsRecord> put, List<Id> remove) {
    public DnsChange {
        put = List.copyOf(put);
        remove = List.copyOf(remove);
    }

    /// All there is to know, for a resolver that knows nothing yet.
    static DnsChange all(Collection<DnsRecord> records) {
        return new DnsChange(List.copyOf(records), List.of());
    }

    public boolean isEmpty() {
        return put.isEmpty() && remove.isEmpty();
    }
}
