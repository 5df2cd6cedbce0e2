package dev.patchbay.engine.spec;

import dev.patchbay.engine.Id;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A change of the specs: what to put (new, or replacing the spec with the same id) and what to remove.
/// The order of `put` is the order of creation.
public record SpecChange(List<Spec> put, List<Id> remove) {
    public SpecChange {
        put = List.copyOf(put);
        remove = List.copyOf(remove);
    }

    /// The ids of all specs that it changes.
    public List<Id> ids() {
        return Stream.concat(put.stream().map(Spec::id), remove.stream()).toList();
    }

    /// The change from `before.after(this)` back to `before`.
    public SpecChange inverse(Specs before) {
        List<Spec> restored = new ArrayList<>();
        List<Id> added = new ArrayList<>();
        for (Id id : remove) {
            Spec old = before.find(id);
            if (old != null) {
                restored.add(old);
            }
        }
        for (Spec spec : put) {
            Spec old = before.find(spec.id());
            if (old == null) {
                added.add(spec.id());
            } else {
                restored.add(old);
            }
        }
        return new SpecChange(restored, added);
    }

    /// Both changes, this one first; they have no spec in common.
    public SpecChange plus(SpecChange other) {
        List<Spec> both = new ArrayList<>(put);
        both.addAll(other.put);
        List<Id> gone = new ArrayList<>(remove);
        gone.addAll(other.remove);
        return new SpecChange(both, gone);
    }

    /// An equal change that uses the objects of these specs where they are equal, so that each is in
    /// memory once.
    public SpecChange deduplicated(Specs specs) {
        List<Spec> shared = new ArrayList<>(put);
        shared.replaceAll(spec -> {
            Spec same = specs.find(spec.id());
            return same != null && same.equals(spec) ? same : spec;
        });
        return new SpecChange(shared, remove);
    }

    /// The sum of [Spec#textSize] over all specs that it puts.
    public long textSize() {
        return put.stream().mapToLong(Spec::textSize).sum();
    }

    public boolean isEmpty() {
        return put.isEmpty() && remove.isEmpty();
    }
}
