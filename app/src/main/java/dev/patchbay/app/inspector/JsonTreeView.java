package dev.patchbay.app.inspector;

import dev.patchbay.app.text.Messages;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.jspecify.annotations.Nullable;

/// The document as a tree. Children are added when a branch is first expanded, so that a large document
/// opens quickly.
final class JsonTreeView {
    private static final int INITIAL_LEVELS = 3;

    private final TreeView<JsonEntry> view = new TreeView<>();

    JsonTreeView() {
        view.setId("inspectTree");
        view.getStyleClass().addAll("json-view", "dense");
        view.setShowRoot(false);
        view.setFixedCellSize(21);
        view.setCellFactory(_ -> new Cell());
        view.setAccessibleText(Messages.of("inspect.accessible"));
    }

    TreeView<JsonEntry> node() {
        return view;
    }

    /// Keeps expanded branches and the selection.
    void show(JsonDocument document) {
        Set<List<String>> unfolded = new HashSet<>();
        boolean first = view.getRoot() == null;
        if (!first) {
            collect(view.getRoot(), new ArrayList<>(), unfolded);
        }
        int selected = view.getSelectionModel().getSelectedIndex();
        Item root = new Item(document.root());
        unfold(root, new ArrayList<>(), unfolded, first ? INITIAL_LEVELS : 0);
        view.setRoot(root);
        root.setExpanded(true);
        if (selected >= 0) {
            view.getSelectionModel().select(selected);
        }
    }

    /// @param path see [JsonDocument#matchingEntries]
    void reveal(List<Integer> path) {
        TreeItem<JsonEntry> item = view.getRoot();
        for (int place : path) {
            item.setExpanded(true);
            item = item.getChildren().get(place);
        }
        view.getSelectionModel().select(item);
        int row = view.getRow(item);
        if (row >= 0) {
            view.scrollTo(Math.max(0, row - 3));
        }
    }

    private static void collect(TreeItem<JsonEntry> item, List<String> path, Set<List<String>> unfolded) {
        if (!item.isExpanded()) {
            return;
        }
        unfolded.add(List.copyOf(path));
        for (TreeItem<JsonEntry> child : item.getChildren()) {
            path.addLast(child.getValue().name());
            collect(child, path, unfolded);
            path.removeLast();
        }
    }

    private static void unfold(TreeItem<JsonEntry> item, List<String> path, Set<List<String>> unfolded, int levels) {
        if (item.isLeaf() || (levels == 0 && !unfolded.contains(path))) {
            return;
        }
        item.setExpanded(true);
        for (TreeItem<JsonEntry> child : item.getChildren()) {
            path.addLast(child.getValue().name());
            unfold(child, path, unfolded, Math.max(0, levels - 1));
            path.removeLast();
        }
    }

    private static final class Item extends TreeItem<JsonEntry> {
        private boolean filled;

        Item(JsonEntry entry) {
            super(entry);
            expandedProperty().subscribe(unfolded -> {
                if (unfolded) {
                    fill();
                }
            });
        }

        @Override
        public boolean isLeaf() {
            return getValue().children().isEmpty();
        }

        private void fill() {
            if (!filled) {
                filled = true;
                getChildren()
                        .setAll(getValue().children().stream().map(Item::new).toList());
            }
        }
    }

    private static final class Cell extends TreeCell<JsonEntry> {
        @Override
        protected void updateItem(@Nullable JsonEntry entry, boolean empty) {
            super.updateItem(entry, empty);
            if (entry == null || empty) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            Text name = new Text(entry.name() + ": ");
            name.getStyleClass().add("json-name");
            Text value = new Text(entry.value());
            value.getStyleClass()
                    .add(
                            switch (entry.kind()) {
                                case TEXT -> "json-text";
                                case LITERAL -> "json-word";
                                case BRANCH -> "json-branch";
                            });
            TextFlow line = new TextFlow(name, value);
            line.setMaxHeight(USE_PREF_SIZE);
            // A single line; a longer value is cut at the right edge.
            line.setPrefWidth(name.getLayoutBounds().getWidth()
                    + value.getLayoutBounds().getWidth()
                    + getFont().getSize());
            line.setMinWidth(USE_PREF_SIZE);
            setGraphic(line);
            setAccessibleText(entry.name() + ": " + entry.value());
        }
    }
}
