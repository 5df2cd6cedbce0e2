package dev.patchbay.app.window;

import dev.patchbay.app.text.Messages;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// Every key of the window, over it until Esc or the same key.
final class ShortcutSheet {
    /// Wide: three of them and their keys have room in the smallest window.
    private static final double WORDS = 170;

    private final StackPane layer = new StackPane();
    private final GridPane grid = new GridPane(14, 7);

    ShortcutSheet() {
        Label title = new Label(Messages.of("keys.title"));
        title.getStyleClass().add("sheet-title");
        String ctrl = Messages.of("keys.ctrl");
        section(0, Messages.of("keys.make"));
        key(0, "N", Messages.of("keys.network"));
        key(0, "R", Messages.of("keys.run"));
        key(0, "C", Messages.of("keys.connect"));
        key(0, "D", Messages.of("keys.disconnect"));
        key(0, "P", Messages.of("keys.publish"));
        key(0, "U", Messages.of("keys.unpublish"));
        key(0, Messages.of("keys.delete"), Messages.of("keys.remove"));
        key(0, ctrl + "+Z", Messages.of("keys.undo"));
        key(0, ctrl + "+" + Messages.of("keys.shift") + "+Z", Messages.of("keys.redo"));
        key(0, ctrl + "+O", Messages.of("keys.compose"));
        key(0, ctrl + "+E", Messages.of("keys.export"));
        section(2, Messages.of("keys.look"));
        key(2, ctrl + "+F  /", Messages.of("keys.search"));
        key(2, "F", Messages.of("keys.fit"));
        key(2, "+  −", Messages.of("keys.zoom"));
        key(2, "↑ ↓ ← →", Messages.of("keys.walk"));
        key(2, Messages.of("keys.enter"), Messages.of("keys.open"));
        key(2, Messages.of("keys.menuKey"), Messages.of("keys.menu"));
        key(2, "Tab", Messages.of("keys.tab"));
        key(2, "F6", Messages.of("keys.region"));
        key(2, ctrl + "+C", Messages.of("keys.copy"));
        key(2, "Esc", Messages.of("keys.escape"));
        key(2, "F1  ?", Messages.of("keys.help"));
        section(4, Messages.of("keys.drag"));
        key(4, Messages.of("keys.drag.card"), Messages.of("keys.drag.card.what"));
        key(4, Messages.of("keys.drag.handle"), Messages.of("keys.drag.handle.what"));
        key(4, Messages.of("keys.drag.plug"), Messages.of("keys.drag.plug.what"));
        key(4, Messages.of("keys.drag.pin"), Messages.of("keys.drag.pin.what"));
        key(4, Messages.of("keys.drag.jack"), Messages.of("keys.drag.jack.what"));
        key(4, Messages.of("keys.drag.title"), Messages.of("keys.drag.title.what"));
        key(4, Messages.of("keys.drag.ground"), Messages.of("keys.drag.ground.what"));
        VBox card = new VBox(14, title, grid);
        card.setId("shortcuts");
        card.getStyleClass().add("shortcuts");
        card.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        layer.getChildren().add(card);
        layer.setPickOnBounds(false);
        layer.setAlignment(Pos.CENTER);
        layer.setVisible(false);
        layer.setOnMouseClicked(_ -> hide());
    }

    private int rows(int column) {
        return (int) grid.getChildren().stream()
                .filter(node -> GridPane.getColumnIndex(node) == column)
                .count();
    }

    private void section(int column, String text) {
        Label label = new Label(text);
        label.getStyleClass().add("section");
        grid.add(label, column, 0, 2, 1);
    }

    private void key(int column, String keys, String what) {
        int row = rows(column);
        Label key = new Label(keys);
        key.getStyleClass().addAll("mono", "key");
        key.setMinWidth(Region.USE_PREF_SIZE);
        Label words = new Label(what);
        words.setWrapText(true);
        words.setMaxWidth(WORDS);
        words.setMinHeight(Region.USE_PREF_SIZE);
        words.setAccessibleText(keys + ": " + what);
        grid.add(key, column, row);
        grid.add(words, column + 1, row);
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
