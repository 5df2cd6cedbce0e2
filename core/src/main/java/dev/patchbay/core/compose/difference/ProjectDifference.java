package dev.patchbay.core.compose.difference;

import dev.patchbay.core.compose.ProjectHost;
import dev.patchbay.core.model.Change;
import java.util.List;

/// The differences between a host and a project.
///
/// @param items one for each network and container that differs
/// @param notes further remarks for the person
/// @param change removes all differences
/// @param undo how far an undo of the change restores the host
public record ProjectDifference(List<Item> items, List<String> notes, Change.Batch change, ProjectHost.Undo undo) {
    public ProjectDifference {
        items = List.copyOf(items);
        notes = List.copyOf(notes);
    }

    public boolean isEmpty() {
        return items.isEmpty();
    }

    /// @param details the single differences, or the settings of a new object
    public record Item(Kind kind, Subject subject, String name, List<String> details) {
        public Item {
            details = List.copyOf(details);
        }

        /// `~ container shop-web-1: publish 8081:80, unpublish 8080:80`.
        @Override
        public String toString() {
            String head = kind.sign() + " " + subject + " " + name;
            return details.isEmpty() ? head : head + ": " + String.join(", ", details);
        }
    }

    public enum Subject {
        NETWORK,
        CONTAINER;

        @Override
        public String toString() {
            return this == NETWORK ? "network" : "container";
        }
    }

    public enum Kind {
        CREATE("+"),
        REMOVE("-"),
        /// In place; a container continues to run.
        CHANGE("~"),
        /// Removed and created again.
        RECREATE("±");

        private final String sign;

        Kind(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }
    }
}
