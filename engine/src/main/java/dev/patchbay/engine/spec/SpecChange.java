package dev.patchbay.engine.spec;

import java.util.List;

/// A step from one set of specs to the next: what to put (new, or in place of the spec with the same id) and what to
/// remove. Order within `put` is the order of creation.
public record SpecChange(List<Spec> put, List<Id> remove) {
    public SpecChange {
        put = List.copyOf(put);
        remove = List.copyOf(remove);
    }

    public boolean touches(Id id) {
        return remove.contains(id) || put.stream().anyMatch(spec -> spec.id().equals(id));
    }

    public boolean isEmpty() {
        return put.isEmpty() && remove.isEmpty();
    }
}
