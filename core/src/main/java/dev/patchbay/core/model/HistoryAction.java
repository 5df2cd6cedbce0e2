package dev.patchbay.core.model;

import dev.patchbay.core.refusal.HistoryRefusals;
import dev.patchbay.core.refusal.RefusedException;
import dev.patchbay.engine.status.ActivityKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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
        Deque<HistoryEntry> done = new ArrayDeque<>();
        Deque<HistoryEntry> undone = new ArrayDeque<>();
        for (HistoryEntry entry : entries) {
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
        return switch (this) {
            case UNDO -> done.peek();
            case REDO -> undone.peek();
        };
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
