package dev.patchbay.app.inspector;

import dev.patchbay.app.control.CopySupport;
import dev.patchbay.app.control.Nodes;
import dev.patchbay.app.text.Messages;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Docker's inspect document of the selected object as a tree or as text, with search, copy and save.
public final class InspectPane {
    private final VBox box = new VBox(8);
    private final JsonTreeView tree = new JsonTreeView();
    private final JsonTextView lines = new JsonTextView();
    private final TextField find = new TextField();
    private final Label count = new Label();
    private final ToggleButton asTree = new ToggleButton(Messages.of("inspect.tree"));
    private final InspectorViewModel model;
    private List<Runnable> hits = List.of();
    private int hit;

    public InspectPane(InspectorViewModel model, Runnable exportJson) {
        this.model = model;
        find.setId("inspectFind");
        find.setPromptText(Messages.of("inspect.find"));
        find.setAccessibleText(Messages.of("inspect.find"));
        find.textProperty().subscribe(() -> search(true));
        find.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
        HBox.setHgrow(find, Priority.ALWAYS);
        count.setId("inspectHits");
        count.getStyleClass().addAll("mono", "muted", "small-text");
        count.setMinWidth(Region.USE_PREF_SIZE);
        HBox searching = new HBox(8, find, count);
        searching.setAlignment(Pos.CENTER_LEFT);
        Label nothing = new Label(Messages.of("inspect.nothing"));
        nothing.getStyleClass().add("muted");
        nothing.setWrapText(true);
        nothing.visibleProperty().bind(model.document().isNull());
        StackPane body = new StackPane(tree.node(), lines.node(), nothing);
        tree.node()
                .visibleProperty()
                .bind(asTree.selectedProperty().and(model.document().isNotNull()));
        lines.node()
                .visibleProperty()
                .bind(asTree.selectedProperty().not().and(model.document().isNotNull()));
        VBox.setVgrow(body, Priority.ALWAYS);
        box.getChildren().addAll(searching, buttons(exportJson), body);
        box.getStyleClass().add("inspector-body");
        asTree.selectedProperty().subscribe(() -> search(true));
        model.document().subscribe(this::show);
    }

    public Node node() {
        return box;
    }

    private Node buttons(Runnable exportJson) {
        ToggleButton asText = new ToggleButton(Messages.of("inspect.text"));
        asText.setId("inspectAsText");
        asTree.setId("inspectAsTree");
        asTree.getStyleClass().add("small");
        asText.getStyleClass().add("small");
        asTree.setSelected(true);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Button copy = button("inspectCopy", Messages.of("inspect.copy"), this::copy);
        Button export = button("inspectExport", Messages.of("inspect.export"), exportJson);
        copy.disableProperty().bind(model.document().isNull());
        export.disableProperty().bind(model.document().isNull());
        HBox row = new HBox(8, Nodes.segments(asTree, asText), gap, copy, export);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private static Button button(String id, String text, Runnable action) {
        Button button = new Button(text);
        button.setId(id);
        button.getStyleClass().add("small");
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(_ -> action.run());
        return button;
    }

    private void show(@Nullable JsonDocument document) {
        if (document != null) {
            tree.show(document);
            lines.show(document);
        }
        search(false);
    }

    /// Enter moves to the next hit, Shift+Enter to the previous one; Esc ends the search.
    private void keyPressed(KeyEvent event) {
        if (event.getCode() == KeyCode.ENTER && !hits.isEmpty()) {
            hit = Math.floorMod(hit + (event.isShiftDown() ? -1 : 1), hits.size());
            reveal();
            event.consume();
        } else if (event.getCode() == KeyCode.ESCAPE && !find.getText().isEmpty()) {
            find.clear();
            event.consume();
        }
    }

    /// @param first moves to the first hit; otherwise the position stays
    private void search(boolean first) {
        JsonDocument document = model.document().get();
        String query = find.getText();
        if (document == null || query.isEmpty()) {
            hits = List.of();
            count.setText("");
            return;
        }
        hits = asTree.isSelected()
                ? document.matchingEntries(query).stream()
                        .<Runnable>map(way -> () -> tree.reveal(way))
                        .toList()
                : document.matchingLines(query).stream()
                        .<Runnable>map(line -> () -> lines.reveal(line))
                        .toList();
        hit = first || hits.isEmpty() ? 0 : Math.min(hit, hits.size() - 1);
        if (first && !hits.isEmpty()) {
            reveal();
        } else {
            updateCount();
        }
    }

    private void reveal() {
        hits.get(hit).run();
        updateCount();
    }

    private void updateCount() {
        count.setText(
                hits.isEmpty() ? Messages.of("inspect.noHits") : Messages.of("inspect.hits", hit + 1, hits.size()));
    }

    private void copy() {
        JsonDocument document = model.document().get();
        if (document != null) {
            CopySupport.copy(document.text());
        }
    }
}
