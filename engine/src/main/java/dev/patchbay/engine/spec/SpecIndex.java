package dev.patchbay.engine.spec;

import dev.patchbay.engine.Id;

/// How specs are found: by id, by the order they were created in, and by the words of [SpecKeys]. Immutable; an index
/// with one spec more or less shares with the one before all but a few paths.
///
/// @param nextPlace of a spec that comes
record SpecIndex(
        PersistentMap<Id, Entry> byId,
        PersistentMap<Long, Spec> inOrder,
        PersistentMap<String, PersistentMap<Long, Spec>> byWord,
        long nextPlace) {
    static final SpecIndex EMPTY =
            new SpecIndex(PersistentMap.empty(), PersistentMap.empty(), PersistentMap.empty(), 0);

    /// @param place in the order of creation
    record Entry(long place, Spec spec) {}

    /// In the order they were created.
    PersistentMap<Long, Spec> under(String word) {
        PersistentMap<Long, Spec> found = byWord.get(word);
        return found == null ? PersistentMap.empty() : found;
    }

    /// A spec that replaces another keeps its place.
    SpecIndex with(Spec spec) {
        Entry old = byId.get(spec.id());
        long place = old == null ? nextPlace : old.place();
        PersistentMap<String, PersistentMap<Long, Spec>> words = old == null ? byWord : withoutWords(old);
        for (String word : SpecKeys.under(spec)) {
            PersistentMap<Long, Spec> there = words.get(word);
            words = words.with(word, (there == null ? PersistentMap.<Long, Spec>empty() : there).with(place, spec));
        }
        return new SpecIndex(
                byId.with(spec.id(), new Entry(place, spec)),
                inOrder.with(place, spec),
                words,
                old == null ? nextPlace + 1 : nextPlace);
    }

    SpecIndex without(Id id) {
        Entry old = byId.get(id);
        return old == null
                ? this
                : new SpecIndex(byId.without(id), inOrder.without(old.place()), withoutWords(old), nextPlace);
    }

    private PersistentMap<String, PersistentMap<Long, Spec>> withoutWords(Entry old) {
        PersistentMap<String, PersistentMap<Long, Spec>> words = byWord;
        for (String word : SpecKeys.under(old.spec())) {
            PersistentMap<Long, Spec> there = words.get(word);
            if (there != null) {
                PersistentMap<Long, Spec> left = there.without(old.place());
                words = left.size() == 0 ? words.without(word) : words.with(word, left);
            }
        }
        return words;
    }
}
