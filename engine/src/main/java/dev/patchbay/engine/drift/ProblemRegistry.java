package dev.patchbay.engine.drift;

import dev.patchbay.engine.EngineException;
import dev.patchbay.engine.kernel.Unreadable;
import dev.patchbay.engine.status.Problem;
import dev.patchbay.engine.status.ProblemKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The problems found by the last checks, by object, and the objects that could not be read.
///
/// A check takes no lock that an action waits for. Therefore each action reports its start, and the
/// result of a check during an action is dropped.
public final class ProblemRegistry {
    private final SequencedMap<String, List<Drift>> driftBySubject = new LinkedHashMap<>();
    private final SequencedMap<String, List<Problem>> unreadableByReader = new LinkedHashMap<>();
    private long actionCount;

    /// Called by an action before it changes the kernel.
    public synchronized void actionStarts() {
        actionCount++;
    }

    /// A number that changes when an action begins.
    public synchronized long actionCount() {
        return actionCount;
    }

    /// Deviations from the records first.
    public synchronized List<Problem> all() {
        return Stream.concat(
                        driftProblems().stream(),
                        unreadableByReader.values().stream().flatMap(List::stream))
                .toList();
    }

    /// The problems that a repair can fix.
    public synchronized List<Problem> driftProblems() {
        return driftBySubject.values().stream()
                .flatMap(List::stream)
                .map(Drift::toProblem)
                .toList();
    }

    public synchronized List<String> subjects() {
        return List.copyOf(driftBySubject.keySet());
    }

    /// @param before the value of [#actionCount] when the check began
    /// @param seen differences by subject; an empty list where there are none
    /// @param looked whether a subject without an entry was checked too, and has no difference
    /// @return STALE when an action began meanwhile
    public synchronized UpdateResult update(long before, Map<String, List<Drift>> seen, Predicate<String> looked) {
        if (actionCount != before) {
            return UpdateResult.STALE;
        }
        List<Problem> old = driftProblems();
        driftBySubject.keySet().removeIf(looked.and(subject -> !seen.containsKey(subject)));
        seen.forEach((subject, found) -> {
            if (found.isEmpty()) {
                driftBySubject.remove(subject);
            } else {
                driftBySubject.put(subject, new ArrayList<>(found));
            }
        });
        return old.equals(driftProblems()) ? UpdateResult.UNCHANGED : UpdateResult.CHANGED;
    }

    /// Replaces what this reader could not read before by what it cannot read now.
    ///
    /// @return whether that changed
    public synchronized boolean setUnreadable(String reader, Collection<Unreadable> unreadable) {
        return setProblems(reader, unreadableProblems(unreadable));
    }

    private boolean setProblems(String reader, List<Problem> found) {
        List<Problem> old = found.isEmpty() ? unreadableByReader.remove(reader) : unreadableByReader.put(reader, found);
        return !found.equals(old == null ? List.of() : old);
    }

    /// One problem for each kind, with the reason of the first.
    public static List<Problem> unreadableProblems(Collection<Unreadable> all) {
        Map<Unreadable.Kind, List<Unreadable>> byKind = new EnumMap<>(Unreadable.Kind.class);
        all.forEach(one ->
                byKind.computeIfAbsent(one.kind(), _ -> new ArrayList<>()).add(one));
        List<Problem> problems = new ArrayList<>();
        byKind.forEach((kind, some) -> problems.add(new Problem(
                null,
                ProblemKind.UNREADABLE,
                List.of(kind.counted(some.size()), some.getFirst().reason(), kind.name(), String.valueOf(some.size())),
                List.of())));
        return problems;
    }

    /// @param reason why a watching thread fails now; empty when it works
    /// @return whether that changed
    public synchronized boolean setWatchFailure(String name, Optional<Exception> reason) {
        return setProblems(
                "watch " + name,
                reason
                        .map(e -> e instanceof EngineException ? e.getMessage() : "internal error: " + e)
                        .map(words -> new Problem(null, ProblemKind.WATCH_FAILING, List.of(words), List.of()))
                        .stream()
                        .toList());
    }

    public enum UpdateResult {
        STALE,
        UNCHANGED,
        CHANGED
    }
}
