package dev.patchbay.core.model;

import dev.patchbay.core.refusal.HistoryRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.status.ActivityKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a person asks of a host's history, and which of its entries that is about.
public enum HistoryAction {
    /// Takes back the newest action that is not undone yet, whoever did it.
    UNDO(ActivityKind.UNDO),
    /// Does the newest undone action again.
    REDO(ActivityKind.REDO);

    private final ActivityKind kind;

    HistoryAction(ActivityKind kind) {
        this.kind = kind;
    }

    /// How the entry of it is marked.
    public ActivityKind kind() {
        return kind;
    }

    /// The title of doing this to an action.
    public String title(String action) {
        return switch (this) {
            case UNDO -> "undo: " + action;
            case REDO -> "redo: " + action;
        };
    }

    /// The entry that this is about; null for none. An action after an undo forgets what could be redone. What cannot
    /// be undone is passed over, so that older actions can be.
    ///
    /// @param entries the newest last
    public @Nullable HistoryEntry find(List<HistoryEntry> entries) {
        Replayable replayable = Replayable.of(entries);
        return switch (this) {
            case UNDO -> replayable.done().peek();
            case REDO -> replayable.undone().peek();
        };
    }

    /// Numbers of the actions that can be undone or redone, now or after others.
    ///
    /// @param entries the newest last
    public static Set<Long> replayable(List<HistoryEntry> entries) {
        Replayable replayable = Replayable.of(entries);
        return Stream.of(replayable.done(), replayable.undone())
                .flatMap(Deque::stream)
                .map(HistoryEntry::number)
                .collect(Collectors.toSet());
    }

    /// What can be undone and redone, the next one first.
    private record Replayable(Deque<HistoryEntry> done, Deque<HistoryEntry> undone) {
        static Replayable of(List<HistoryEntry> entries) {
            Replayable found = new Replayable(new ArrayDeque<>(), new ArrayDeque<>());
            entries.forEach(found::add);
            return found;
        }

        private void add(HistoryEntry entry) {
            switch (entry.kind()) {
                case ACTION -> {
                    done.push(entry);
                    undone.clear();
                }
                case FINAL -> {
                    if (entry.refersTo() == 0) {
                        undone.clear();
                    } else {
                        passOver(entry.refersTo(), done);
                        passOver(entry.refersTo(), undone);
                    }
                }
                case UNDO -> move(entry.refersTo(), done, undone);
                case REDO -> move(entry.refersTo(), undone, done);
                case OBSERVED -> {}
            }
        }
    }

    /// What was undone or redone may be longer ago than is remembered.
    private static void move(long number, Deque<HistoryEntry> from, Deque<HistoryEntry> to) {
        HistoryEntry newest = from.peek();
        if (newest != null && newest.number() == number) {
            to.push(from.pop());
        }
    }

    private static void passOver(long number, Deque<HistoryEntry> entries) {
        entries.removeIf(entry -> entry.number() == number);
    }

    /// The entry that this is about, for whoever cannot go on without.
    public HistoryEntry require(List<HistoryEntry> entries) throws RefusedException {
        HistoryEntry found = find(entries);
        if (found == null) {
            throw switch (this) {
                case UNDO -> HistoryRefusals.nothingToUndo();
                case REDO -> HistoryRefusals.nothingToRedo();
            };
        }
        return found;
    }
}
