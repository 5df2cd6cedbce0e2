package dev.patchbay.core.lab.property;

import java.util.ArrayList;
import java.util.List;

/// Leaves steps out of a sequence that fails, greedily, ever smaller parts of it, for as long as it still fails.
final class SequenceShrinker {
    /// Of a sequence that does not fail.
    static final Throwable NONE = new Throwable("none");

    @FunctionalInterface
    interface Player {
        Throwable failureOf(List<ModelStep> steps) throws Exception;
    }

    record Failing(List<ModelStep> steps, Throwable failure) {}

    private final Player player;
    private int tries;

    SequenceShrinker(Player player, int tries) {
        this.player = player;
        this.tries = tries;
    }

    Failing shrink(Failing failing) {
        Failing shortest = failing;
        for (int size = failing.steps().size() / 2; size > 0 && tries > 0; size = size == 1 ? 0 : (size + 1) / 2) {
            for (int from = shortest.steps().size() - size; from >= 0 && tries > 0; from -= size) {
                List<ModelStep> fewer = new ArrayList<>(shortest.steps());
                fewer.subList(from, from + size).clear();
                shortest = tried(fewer, shortest);
            }
        }
        return shortest;
    }

    private Failing tried(List<ModelStep> fewer, Failing otherwise) {
        tries--;
        Throwable failure;
        try {
            failure = player.failureOf(fewer);
        } catch (Exception e) {
            failure = e;
        }
        return kind(failure).equals(kind(otherwise.failure())) ? new Failing(fewer, failure) : otherwise;
    }

    /// What went wrong, without where: another failure than the one that is looked for leads astray.
    private static String kind(Throwable failure) {
        String first = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return failure.getClass() + first.substring(first.lastIndexOf(": ") + 1);
    }
}
