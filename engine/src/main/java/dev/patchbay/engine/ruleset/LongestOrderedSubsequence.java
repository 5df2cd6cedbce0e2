package dev.patchbay.engine.ruleset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The most members of a list that can stay where they are when the list is to get another order.
final class LongestOrderedSubsequence {
    private LongestOrderedSubsequence() {}

    static <T> List<T> find(List<T> present, List<T> desired) {
        boolean[] marks = mark(present, desired);
        List<T> part = new ArrayList<>();
        for (int i = 0; i < marks.length; i++) {
            if (marks[i]) {
                part.add(present.get(i));
            }
        }
        return part;
    }

    /// Marks a longest subsequence of `present` whose members are in `desired`, in the order they have there: the
    /// longest strictly rising one of their places. What is not desired, or there a second time, is never marked.
    static <T> boolean[] mark(List<T> present, List<T> desired) {
        Map<T, Integer> places = new HashMap<>();
        for (int i = 0; i < desired.size(); i++) {
            places.putIfAbsent(desired.get(i), i);
        }
        int[] place = new int[present.size()];
        int[] previous = new int[present.size()];
        // Of all rising subsequences of each length, where the one that ends lowest ends.
        int[] end = new int[present.size() + 1];
        int longest = 0;
        for (int i = 0; i < place.length; i++) {
            place[i] = places.getOrDefault(present.get(i), -1);
            if (place[i] < 0) {
                continue;
            }
            int low = 1;
            int high = longest;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                if (place[end[middle]] < place[i]) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            previous[i] = low == 1 ? -1 : end[low - 1];
            end[low] = i;
            longest = Math.max(longest, low);
        }
        boolean[] marks = new boolean[place.length];
        for (int i = longest == 0 ? -1 : end[longest]; i >= 0; i = previous[i]) {
            marks[i] = true;
        }
        return marks;
    }
}
