package dev.patchbay.core.lab.property;

import dev.patchbay.core.model.Change;
import dev.patchbay.core.model.EquivalentCommand;

/// One thing that a person does.
sealed interface ModelStep {
    /// @param previewed the person looks at the steps first
    record Do(Change change, boolean previewed) implements ModelStep {
        @Override
        public String toString() {
            return EquivalentCommand.of(change).replaceFirst("^docker ", "patchbay ");
        }
    }

    record Undo() implements ModelStep {
        @Override
        public String toString() {
            return "patchbay undo";
        }
    }

    record Redo() implements ModelStep {
        @Override
        public String toString() {
            return "patchbay redo";
        }
    }

    record Repair() implements ModelStep {
        @Override
        public String toString() {
            return "patchbay repair";
        }
    }
}
