package dev.patchbay.engine.dns;

import dev.patchbay.engine.Id;

/// One thing that the resolver knows, under the id of the record that it was made from.
public sealed interface DnsRecord permits ServedNetwork, NetworkMember {
    Id id();
}
