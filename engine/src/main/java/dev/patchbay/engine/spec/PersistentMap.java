package dev.patchbay.engine.spec;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// A sorted immutable map: each change gives a new map, which shares all nodes except one path with the
/// old one. So many versions of the records need little more memory than one.
///
/// It is a treap: its shape depends on the hash codes of the keys, so equal maps have equal depth.
final class PersistentMap<K extends Comparable<K>, V> {
    private record Node<K, V>(
            K key,
            V value,
            int priority,
            int size,
            @Nullable Node<K, V> left,
            @Nullable Node<K, V> right) {
        Node(K key, V value, int priority, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
            this(key, value, priority, 1 + count(left) + count(right), left, right);
        }

        Node<K, V> withLeft(@Nullable Node<K, V> other) {
            return new Node<>(key, value, priority, other, right);
        }

        Node<K, V> withRight(@Nullable Node<K, V> other) {
            return new Node<>(key, value, priority, left, other);
        }
    }

    private final @Nullable Node<K, V> root;

    private PersistentMap(@Nullable Node<K, V> root) {
        this.root = root;
    }

    static <K extends Comparable<K>, V> PersistentMap<K, V> empty() {
        return new PersistentMap<>(null);
    }

    int size() {
        return count(root);
    }

    @Nullable
    V get(K key) {
        Node<K, V> node = root;
        while (node != null) {
            int order = key.compareTo(node.key);
            if (order == 0) {
                return node.value;
            }
            node = order < 0 ? node.left : node.right;
        }
        return null;
    }

    PersistentMap<K, V> with(K key, V value) {
        return new PersistentMap<>(put(root, key, value));
    }

    PersistentMap<K, V> without(K key) {
        return get(key) == null ? this : new PersistentMap<>(remove(root, key));
    }

    /// All values in the order of their keys.
    Iterator<V> values() {
        return new ValueIterator<>(root, null, null, true);
    }

    /// The values of the keys in a range, both ends included: ascending when `from` is the lower end,
    /// otherwise descending.
    Iterator<V> values(K from, K to) {
        return new ValueIterator<>(root, from, to, from.compareTo(to) <= 0);
    }

    private static int count(@Nullable Node<?, ?> node) {
        return node == null ? 0 : node.size;
    }

    private static <K extends Comparable<K>, V> Node<K, V> put(@Nullable Node<K, V> node, K key, V value) {
        if (node == null) {
            return new Node<>(key, value, priority(key), null, null);
        }
        int order = key.compareTo(node.key);
        if (order == 0) {
            return new Node<>(key, value, node.priority, node.left, node.right);
        }
        if (order < 0) {
            Node<K, V> left = put(node.left, key, value);
            return left.priority > node.priority ? left.withRight(node.withLeft(left.right)) : node.withLeft(left);
        }
        Node<K, V> right = put(node.right, key, value);
        return right.priority > node.priority ? right.withLeft(node.withRight(right.left)) : node.withRight(right);
    }

    private static <K extends Comparable<K>, V> @Nullable Node<K, V> remove(@Nullable Node<K, V> node, K key) {
        if (node == null) {
            return null;
        }
        int order = key.compareTo(node.key);
        if (order == 0) {
            return join(node.left, node.right);
        }
        return order < 0 ? node.withLeft(remove(node.left, key)) : node.withRight(remove(node.right, key));
    }

    /// Joins two trees; all keys of the first are below those of the second.
    private static <K, V> @Nullable Node<K, V> join(@Nullable Node<K, V> low, @Nullable Node<K, V> high) {
        if (low == null) {
            return high;
        }
        if (high == null) {
            return low;
        }
        return low.priority > high.priority
                ? low.withRight(join(low.right, high))
                : high.withLeft(join(low, high.left));
    }

    /// Mixes the hash codes: those of neighbouring numbers are neighbours, and the tree would become a
    /// list.
    private static int priority(Object key) {
        int hash = key.hashCode();
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return hash ^ (hash >>> 16);
    }

    private static final class ValueIterator<K extends Comparable<K>, V> implements Iterator<V> {
        private final Deque<Node<K, V>> path = new ArrayDeque<>();
        private final @Nullable K end;
        private final boolean ascending;

        /// @param start null for the first key
        /// @param end null for the last key
        ValueIterator(@Nullable Node<K, V> root, @Nullable K start, @Nullable K end, boolean rising) {
            this.end = end;
            this.ascending = rising;
            Node<K, V> node = root;
            while (node != null) {
                int order = start == null ? -1 : start.compareTo(node.key);
                boolean ahead = order == 0 || (order < 0) == rising;
                if (ahead) {
                    path.push(node);
                }
                node = ahead == rising ? node.left : node.right;
            }
        }

        @Override
        public boolean hasNext() {
            Node<K, V> next = path.peek();
            if (next == null || end == null) {
                return next != null;
            }
            int order = next.key.compareTo(end);
            return ascending ? order <= 0 : order >= 0;
        }

        @Override
        public V next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Node<K, V> found = path.pop();
            Node<K, V> node = ascending ? found.right : found.left;
            while (node != null) {
                path.push(node);
                node = ascending ? node.left : node.right;
            }
            return found.value;
        }
    }
}
