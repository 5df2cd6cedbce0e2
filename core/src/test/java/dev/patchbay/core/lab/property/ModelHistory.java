package dev.patchbay.core.lab.property;

import java.util.ArrayDeque;
import java.util.Deque;

/// The model with all that can be undone and done again.
final class ModelHistory {
    private final Deque<ModelHost> undone = new ArrayDeque<>();
    private final Deque<ModelHost> done = new ArrayDeque<>();
    private ModelHost now = ModelHost.fresh();
    private boolean acted;

    ModelHost now() {
        return now;
    }

    /// Whether there was an action yet; until then what can be done again is that of others.
    boolean acted() {
        return acted;
    }

    int undoable() {
        return done.size();
    }

    int redoable() {
        return undone.size();
    }

    /// An action that is written down, though it may have changed nothing to be seen.
    void act(ModelHost after) {
        done.push(now);
        undone.clear();
        acted = true;
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
