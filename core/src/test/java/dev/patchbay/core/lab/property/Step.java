package dev.patchbay.core.lab.property;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.Titles;

/// One thing that a person does.
sealed interface Step {
    /// @param previewed the person looks at the steps first
    record Do(Change change, boolean previewed) implements Step {
        @Override
        public String toString() {
            return Titles.of(change).replaceFirst("^docker ", "patchbay ");
        }
    }

    record Undo() implements Step {
        @Override
        public String toString() {
            return "patchbay undo";
        }
    }

    record Redo() implements Step {
        @Override
        public String toString() {
            return "patchbay redo";
        }
    }

    record Repair() implements Step {
        @Override
        public String toString() {
            return "patchbay repair";
        }
    }
}
