package dev.patchbay.engine.spec;

import dev.patchbay.engine.Id;

/// Finds specs by id, by order of creation, and by the keys of [SpecKeys]. Immutable; a changed index
/// shares all but a few nodes with the previous one.
///
/// @param nextPosition position of the next new spec
record SpecIndex(
        PersistentMap<Id, Entry> byId,
        PersistentMap<Long, Spec> byPosition,
        PersistentMap<String, PersistentMap<Long, Spec>> byKey,
        long nextPosition) {
    static final SpecIndex EMPTY =
            new SpecIndex(PersistentMap.empty(), PersistentMap.empty(), PersistentMap.empty(), 0);

    /// @param position in the order of creation
    record Entry(long position, Spec spec) {}

    /// In the order they were created.
    PersistentMap<Long, Spec> lookup(String word) {
        PersistentMap<Long, Spec> found = byKey.get(word);
        return found == null ? PersistentMap.empty() : found;
    }

    /// A spec that replaces another keeps its position.
    SpecIndex with(Spec spec) {
        Entry old = byId.get(spec.id());
        long place = old == null ? nextPosition : old.position();
        PersistentMap<String, PersistentMap<Long, Spec>> words = old == null ? byKey : withoutKeys(old);
        for (String word : SpecKeys.keysOf(spec)) {
            PersistentMap<Long, Spec> there = words.get(word);
            words = words.with(word, (there == null ? PersistentMap.<Long, Spec>empty() : there).with(place, spec));
        }
        return new SpecIndex(
                byId.with(spec.id(), new Entry(place, spec)),
                byPosition.with(place, spec),
                words,
                old == null ? nextPosition + 1 : nextPosition);
    }

    SpecIndex without(Id id) {
        Entry old = byId.get(id);
        return old == null
                ? this
                : new SpecIndex(byId.without(id), byPosition.without(old.position()), withoutKeys(old), nextPosition);
    }

    private PersistentMap<String, PersistentMap<Long, Spec>> withoutKeys(Entry old) {
        PersistentMap<String, PersistentMap<Long, Spec>> words = byKey;
        for (String word : SpecKeys.keysOf(old.spec())) {
            PersistentMap<Long, Spec> there = words.get(word);
            if (there != null) {
                PersistentMap<Long, Spec> left = there.without(old.position());
                words = left.size() == 0 ? words.without(word) : words.with(word, left);
            }
        }
        return words;
    }
}
