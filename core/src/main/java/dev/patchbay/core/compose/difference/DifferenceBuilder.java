package dev.patchbay.core.compose.difference;

import dev.patchbay.core.compose.difference.ProjectDifference.Item;
import dev.patchbay.core.compose.difference.ProjectDifference.Kind;
import dev.patchbay.core.compose.difference.ProjectDifference.Subject;
import dev.patchbay.core.model.Change;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The differences found so far, and the changes that remove them.
final class DifferenceBuilder {
    private final List<Item> items = new ArrayList<>();
    private final Map<ChangePhase, List<Change>> changes = new EnumMap<>(ChangePhase.class);

    void addItem(Kind kind, Subject subject, String name, List<String> details) {
        items.add(new Item(kind, subject, name, details));
    }

    void addChange(ChangePhase phase, Change change) {
        changes.computeIfAbsent(phase, _ -> new ArrayList<>()).add(change);
    }

    List<Item> items() {
        return items;
    }

    List<Change> changes() {
        return changes.values().stream().flatMap(List::stream).toList();
    }
}
