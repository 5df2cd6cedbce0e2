package dev.patchbay.core.lab.plan;

import dev.patchbay.engine.Id;
import dev.patchbay.engine.spec.Spec;
import dev.patchbay.engine.spec.SpecChange;
import dev.patchbay.engine.spec.Specs;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// Builds a change, and knows the specs after it.
final class SpecChangeBuilder {
    private final Specs before;
    private final SequencedMap<Id, Spec> put = new LinkedHashMap<>();
    private final SequencedSet<Id> remove = new LinkedHashSet<>();
    private Specs specs;

    SpecChangeBuilder(Specs before) {
        this.before = before;
        this.specs = before;
    }

    /// The specs with all changes so far.
    Specs specs() {
        return specs;
    }

    void put(Spec spec) {
        remove.remove(spec.id());
        put.put(spec.id(), spec);
        specs = specs.after(new SpecChange(List.of(spec), List.of()));
    }

    void remove(Id id) {
        put.remove(id);
        if (before.find(id) != null) {
            remove.add(id);
        }
        specs = specs.after(new SpecChange(List.of(), List.of(id)));
    }

    SpecChange change() {
        return new SpecChange(List.copyOf(put.values()), List.copyOf(remove));
    }
}
