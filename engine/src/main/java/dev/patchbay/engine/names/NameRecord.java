package dev.patchbay.engine.names;

import dev.patchbay.engine.spec.Id;

/// One thing that the resolver knows, under the id of the record that it was made from.
public sealed interface NameRecord permits ServedNetwork, NamedMember {
    Id id();
}
