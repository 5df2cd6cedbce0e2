package dev.patchbay.app.window;

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

/// Every key of the window, over it until Esc or the same key.
final class ShortcutSheet {
    /// Wide: three of them and their keys have room in the smallest window.
    private static final double WORDS = 170;

    private final StackPane layer = new StackPane();
    private final HBox columns = new HBox(28);

    ShortcutSheet() {
        Label title = new Label(Messages.of("keys.title"));
        title.getStyleClass().add("sheet-title");
        String ctrl = Messages.of("keys.ctrl");
        GridPane make = section(Messages.of("keys.make"));
        key(make, "N", Messages.of("keys.network"));
        key(make, "R", Messages.of("keys.run"));
        key(make, "C", Messages.of("keys.connect"));
        key(make, "D", Messages.of("keys.disconnect"));
        key(make, "P", Messages.of("keys.publish"));
        key(make, "U", Messages.of("keys.unpublish"));
        key(make, Messages.of("keys.delete"), Messages.of("keys.remove"));
        key(make, ctrl + "+Z", Messages.of("keys.undo"));
        key(make, ctrl + "+" + Messages.of("keys.shift") + "+Z", Messages.of("keys.redo"));
        key(make, ctrl + "+O", Messages.of("keys.compose"));
        key(make, ctrl + "+E", Messages.of("keys.export"));
        GridPane look = section(Messages.of("keys.look"));
        key(look, ctrl + "+F  /", Messages.of("keys.search"));
        key(look, "F", Messages.of("keys.fit"));
        key(look, "+  −", Messages.of("keys.zoom"));
        key(look, "↑ ↓ ← →", Messages.of("keys.walk"));
        key(look, Messages.of("keys.enter"), Messages.of("keys.open"));
        key(look, Messages.of("keys.menuKey"), Messages.of("keys.menu"));
        key(look, "Tab", Messages.of("keys.tab"));
        key(look, "F6", Messages.of("keys.region"));
        key(look, ctrl + "+C", Messages.of("keys.copy"));
        key(look, "Esc", Messages.of("keys.escape"));
        key(look, "F1  ?", Messages.of("keys.help"));
        GridPane drag = section(Messages.of("keys.drag"));
        key(drag, Messages.of("keys.drag.card"), Messages.of("keys.drag.card.what"));
        key(drag, Messages.of("keys.drag.handle"), Messages.of("keys.drag.handle.what"));
        key(drag, Messages.of("keys.drag.plug"), Messages.of("keys.drag.plug.what"));
        key(drag, Messages.of("keys.drag.pin"), Messages.of("keys.drag.pin.what"));
        key(drag, Messages.of("keys.drag.jack"), Messages.of("keys.drag.jack.what"));
        key(drag, Messages.of("keys.drag.title"), Messages.of("keys.drag.title.what"));
        key(drag, Messages.of("keys.drag.ground"), Messages.of("keys.drag.ground.what"));
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

    /// Each with a grid of its own: a sentence of two lines in one does not pull the keys of the next apart.
    private GridPane section(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("section");
        GridPane grid = new GridPane(14, 7);
        grid.add(label, 0, 0, 2, 1);
        columns.getChildren().add(grid);
        return grid;
    }

    private static void key(GridPane grid, String keys, String what) {
        Label key = new Label(keys);
        key.getStyleClass().addAll("mono", "key");
        key.setMinWidth(Region.USE_PREF_SIZE);
        Label words = new Label(what);
        words.setWrapText(true);
        words.setMaxWidth(WORDS);
        words.setMinHeight(Region.USE_PREF_SIZE);
        words.setAccessibleText(keys + ": " + what);
        words.getStyleClass().add("what");
        // Beside the first of several lines.
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
