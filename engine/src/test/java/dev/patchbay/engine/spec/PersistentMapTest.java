package dev.patchbay.engine.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersistentMapTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void isTheSameMapAsTheOneOfTheLibraryAndOldOnesStay(long seed) {
        Random random = new Random(seed);
        TreeMap<Integer, Integer> expected = new TreeMap<>();
        PersistentMap<Integer, Integer> tree = PersistentMap.empty();
        for (int round = 0; round < 3_000; round++) {
            int key = random.nextInt(400);
            TreeMap<Integer, Integer> former = new TreeMap<>(expected);
            PersistentMap<Integer, Integer> old = tree;
            if (random.nextInt(3) == 0) {
                expected.remove(key);
                tree = tree.without(key);
            } else {
                expected.put(key, round);
                tree = tree.with(key, round);
            }
            assertThat(old.values()).toIterable().containsExactlyElementsOf(former.values());
            assertThat(tree.size()).isEqualTo(expected.size());
            assertThat(tree.get(key)).isEqualTo(expected.get(key));
            int other = random.nextInt(400);
            assertThat(tree.values(key, other))
                    .toIterable()
                    .containsExactlyElementsOf(
                            key <= other
                                    ? expected.subMap(key, true, other, true).values()
                                    : expected.subMap(other, true, key, true)
                                            .descendingMap()
                                            .values());
        }
    }
}
