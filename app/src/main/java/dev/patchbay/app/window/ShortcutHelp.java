package dev.patchbay.app.window;

import dev.patchbay.app.action.ActionId;
import dev.patchbay.app.text.Messages;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// A list of all shortcuts over the window. Esc or the shortcut of the help closes it.
final class ShortcutHelp {
    /// Three columns of this width, with their shortcuts, fit into the smallest window.
    private static final double TEXT_WIDTH = 170;

    private final StackPane layer = new StackPane();
    private final HBox columns = new HBox(28);

    ShortcutHelp() {
        Label title = new Label(Messages.of("keys.title"));
        title.getStyleClass().add("sheet-title");
        addSection(Messages.of("keys.make"), ActionId.Section.CHANGE, ActionId.Section.COPY);
        addSection(Messages.of("keys.look"), ActionId.Section.VIEW);
        GridPane drag = addGrid(Messages.of("keys.drag"));
        addKey(drag, Messages.of("keys.drag.card"), Messages.of("keys.drag.card.what"));
        addKey(drag, Messages.of("keys.drag.handle"), Messages.of("keys.drag.handle.what"));
        addKey(drag, Messages.of("keys.drag.plug"), Messages.of("keys.drag.plug.what"));
        addKey(drag, Messages.of("keys.drag.pin"), Messages.of("keys.drag.pin.what"));
        addKey(drag, Messages.of("keys.drag.jack"), Messages.of("keys.drag.jack.what"));
        addKey(drag, Messages.of("keys.drag.title"), Messages.of("keys.drag.title.what"));
        addKey(drag, Messages.of("keys.drag.ground"), Messages.of("keys.drag.ground.what"));
        VBox card = new VBox(14, title, columns);
        card.setId("shortcuts");
        card.getStyleClass().add("shortcuts");
        card.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        layer.getChildren().add(card);
        layer.setPickOnBounds(false);
        layer.setAlignment(Pos.CENTER);
        layer.setVisible(false);
        layer.setOnMouseClicked(_ -> hide());
    }

    private void addSection(String text, ActionId.Section... sections) {
        GridPane grid = addGrid(text);
        for (ActionId.Section section : sections) {
            ActionId.withKeys(section).forEach(action -> addKey(grid, action.keyText(), action.words()));
        }
    }

    /// Each section has a grid of its own, so that a text of two lines does not move the shortcuts of
    /// the next section.
    private GridPane addGrid(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("section");
        GridPane grid = new GridPane(14, 7);
        grid.add(label, 0, 0, 2, 1);
        columns.getChildren().add(grid);
        return grid;
    }

    private static void addKey(GridPane grid, String keys, String what) {
        Label key = new Label(keys);
        key.getStyleClass().addAll("mono", "key");
        key.setMinWidth(Region.USE_PREF_SIZE);
        Label words = new Label(what);
        words.setWrapText(true);
        words.setMaxWidth(TEXT_WIDTH);
        words.setMinHeight(Region.USE_PREF_SIZE);
        words.setAccessibleText(keys + ": " + what);
        words.getStyleClass().add("what");
        // Beside the first line of the text.
        GridPane.setValignment(key, VPos.TOP);
        GridPane.setValignment(words, VPos.TOP);
        grid.addRow(grid.getRowCount(), key, words);
    }

    Node layer() {
        return layer;
    }

    boolean isShown() {
        return layer.isVisible();
    }

    void toggle() {
        layer.setVisible(!layer.isVisible());
    }

    void hide() {
        layer.setVisible(false);
    }
}
