package dev.patchbay.core.lab.property;

import java.util.ArrayDeque;
import java.util.Deque;

/// The model with all that can be undone and done again.
final class History {
    private final Deque<World> undone = new ArrayDeque<>();
    private final Deque<World> done = new ArrayDeque<>();
    private World now = World.fresh();

    World now() {
        return now;
    }

    int undoable() {
        return done.size();
    }

    int redoable() {
        return undone.size();
    }

    /// An action that is written down, though it may have changed nothing to be seen.
    void act(World after) {
        done.push(now);
        undone.clear();
        now = after;
    }

    void undo() {
        undone.push(now);
        now = done.pop();
    }

    void redo() {
        done.push(now);
        now = undone.pop();
    }
}
