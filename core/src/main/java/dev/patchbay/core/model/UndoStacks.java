package dev.patchbay.core.model;

import dev.patchbay.engine.status.ActivityEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the undo and redo stacks out of the activity list: an action after an undo forgets what could be redone.
/// What cannot be undone is passed over, so that older actions can be.
public final class UndoStacks {
    private UndoStacks() {}

    public static @Nullable ActivityEntry undoable(List<ActivityEntry> activity) {
        return stacks(activity).done.peek();
    }

    public static @Nullable ActivityEntry redoable(List<ActivityEntry> activity) {
        return stacks(activity).undone.peek();
    }

    private record Stacks(Deque<ActivityEntry> done, Deque<ActivityEntry> undone) {}

    private static Stacks stacks(List<ActivityEntry> activity) {
        Stacks stacks = new Stacks(new ArrayDeque<>(), new ArrayDeque<>());
        for (ActivityEntry entry : activity) {
            switch (entry.kind()) {
                case ACTION -> {
                    stacks.done.push(entry);
                    stacks.undone.clear();
                }
                case FINAL -> stacks.undone.clear();
                case UNDO -> move(entry.refersTo(), stacks.done, stacks.undone);
                case REDO -> move(entry.refersTo(), stacks.undone, stacks.done);
                case OBSERVED -> {}
            }
        }
        return stacks;
    }

    /// What was undone or redone may be longer ago than is remembered.
    private static void move(long number, Deque<ActivityEntry> from, Deque<ActivityEntry> to) {
        ActivityEntry newest = from.peek();
        if (newest != null && newest.number() == number) {
            to.push(from.pop());
        }
    }
}
