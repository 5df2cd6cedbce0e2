package dev.patchbay.engine.dns;

import dev.patchbay.engine.Id;

/// A record of the resolver, with the id of the spec that it was made from.
public sealed interface DnsRecord permits ServedNetwork, NetworkMember {
    Id id();
}
