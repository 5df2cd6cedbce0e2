package dev.patchbay.engine.helper;

import dev.patchbay.engine.converge.Fault;
import dev.patchbay.engine.protocol.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;

/// Where the kernel was not as the records say when somebody last looked, by what it is about.
///
/// A look takes no lock that an action waits for. So each action says that it begins, and what was seen while one ran
/// does not count.
final class Problems {
    private final SequencedMap<String, List<Fault>> faults = new LinkedHashMap<>();
    private long actions;

    /// Called by an action before it changes the kernel.
    synchronized void acting() {
        actions++;
    }

    /// A number that is another one after an action began.
    synchronized long actions() {
        return actions;
    }

    synchronized List<Problem> all() {
        return faults.values().stream()
                .flatMap(List::stream)
                .map(Fault::problem)
                .toList();
    }

    synchronized List<String> subjects() {
        return List.copyOf(faults.keySet());
    }

    /// @param before what [#actions] said when the look began
    /// @param seen by subject; no faults where all is well
    /// @param looked whether a subject that is not among them was looked at, too, and is well
    /// @return void when an action began meanwhile
    synchronized Verdict accept(long before, Map<String, List<Fault>> seen, Predicate<String> looked) {
        if (actions != before) {
            return Verdict.VOID;
        }
        List<Problem> old = all();
        faults.keySet().removeIf(looked.and(subject -> !seen.containsKey(subject)));
        seen.forEach((subject, found) -> {
            if (found.isEmpty()) {
                faults.remove(subject);
            } else {
                faults.put(subject, new ArrayList<>(found));
            }
        });
        return old.equals(all()) ? Verdict.SAME : Verdict.CHANGED;
    }

    enum Verdict {
        VOID,
        SAME,
        CHANGED
    }
}
