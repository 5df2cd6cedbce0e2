package dev.patchbay.engine.spec;

import dev.patchbay.engine.Id;

/// How specs are found: by id, by the order they were created in, and by the words of [Finding]. Immutable; an index
/// with one spec more or less shares with the one before all but a few paths.
///
/// @param nextPlace of a spec that comes
record SpecIndex(
        Tree<Id, Placed> byId, Tree<Long, Spec> inOrder, Tree<String, Tree<Long, Spec>> byWord, long nextPlace) {
    static final SpecIndex EMPTY = new SpecIndex(Tree.empty(), Tree.empty(), Tree.empty(), 0);

    /// @param place in the order of creation
    record Placed(long place, Spec spec) {}

    /// In the order they were created.
    Tree<Long, Spec> under(String word) {
        Tree<Long, Spec> found = byWord.get(word);
        return found == null ? Tree.empty() : found;
    }

    /// A spec that replaces another keeps its place.
    SpecIndex with(Spec spec) {
        Placed old = byId.get(spec.id());
        long place = old == null ? nextPlace : old.place();
        Tree<String, Tree<Long, Spec>> words = old == null ? byWord : withoutWords(old);
        for (String word : Finding.under(spec)) {
            Tree<Long, Spec> there = words.get(word);
            words = words.with(word, (there == null ? Tree.<Long, Spec>empty() : there).with(place, spec));
        }
        return new SpecIndex(
                byId.with(spec.id(), new Placed(place, spec)),
                inOrder.with(place, spec),
                words,
                old == null ? nextPlace + 1 : nextPlace);
    }

    SpecIndex without(Id id) {
        Placed old = byId.get(id);
        return old == null
                ? this
                : new SpecIndex(byId.without(id), inOrder.without(old.place()), withoutWords(old), nextPlace);
    }

    private Tree<String, Tree<Long, Spec>> withoutWords(Placed old) {
        Tree<String, Tree<Long, Spec>> words = byWord;
        for (String word : Finding.under(old.spec())) {
            Tree<Long, Spec> there = words.get(word);
            if (there != null) {
                Tree<Long, Spec> left = there.without(old.place());
                words = left.size() == 0 ? words.without(word) : words.with(word, left);
            }
        }
        return words;
    }
}
