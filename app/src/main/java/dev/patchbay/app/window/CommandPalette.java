package dev.patchbay.app.window;

import dev.patchbay.app.style.Icons;
import dev.patchbay.app.text.Messages;
import javafx.event.Event;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// A search field over every action and every object of the window. It covers the window until an entry
/// is chosen.
final class CommandPalette {
    private static final double WIDTH = 560;
    private static final double TOP = 64;
    private static final double ROW = 30;
    /// The height of whole rows, with the two lines of the border.
    private static final double LIST_HEIGHT = 12 * ROW + 2;

    private final StackPane layer = new StackPane();
    private final TextField field = new TextField();
    private final ListView<PaletteViewModel.Entry> list = new ListView<>();
    private final PaletteViewModel model;
    private final Runnable returnFocus;

    /// @param returnFocus called when the palette closes
    CommandPalette(PaletteViewModel model, Runnable returnFocus) {
        this.model = model;
        this.returnFocus = returnFocus;
        field.setId("paletteQuery");
        field.setPromptText(Messages.of("palette.prompt"));
        field.setAccessibleText(Messages.of("palette.prompt"));
        field.textProperty().bindBidirectional(model.query());
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
        list.setId("paletteEntries");
        list.getStyleClass().add("dense");
        list.setItems(model.entries());
        list.setFocusTraversable(false);
        list.setFixedCellSize(ROW);
        list.setPrefHeight(LIST_HEIGHT);
        list.setPlaceholder(new Label(Messages.of("palette.nothing")));
        list.setCellFactory(_ -> new Cell());
        model.entries().subscribe(() -> {
            list.getSelectionModel().selectFirst();
            list.scrollTo(0);
        });
        VBox card = new VBox(10, field, list);
        card.setId("palette");
        card.getStyleClass().add("palette");
        card.setMaxSize(WIDTH, Region.USE_PREF_SIZE);
        card.setOnMouseClicked(Event::consume);
        StackPane.setAlignment(card, Pos.TOP_CENTER);
        StackPane.setMargin(card, new Insets(TOP, 0, 0, 0));
        layer.getChildren().add(card);
        layer.setVisible(false);
        layer.setOnMouseClicked(_ -> hide());
    }

    private void keyPressed(KeyEvent event) {
        switch (event.getCode()) {
            case UP -> move(-1);
            case DOWN -> move(1);
            case ENTER -> run(list.getSelectionModel().getSelectedItem());
            case ESCAPE -> hide();
            case K -> {
                if (!event.isShortcutDown()) {
                    return;
                }
                hide();
            }
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void move(int by) {
        int count = model.entries().size();
        if (count > 0) {
            int next = Math.floorMod(list.getSelectionModel().getSelectedIndex() + by, count);
            list.getSelectionModel().select(next);
            list.scrollTo(Math.max(0, next - 4));
        }
    }

    /// Closes the palette before the action, which may open a dialog that takes the focus. When the
    /// action cannot be done, the notification bar shows why.
    private void run(PaletteViewModel.@Nullable Entry entry) {
        if (entry != null) {
            hide();
            entry.run().run();
        }
    }

    Node layer() {
        return layer;
    }

    boolean isShown() {
        return layer.isVisible();
    }

    void show() {
        field.clear();
        model.refresh();
        layer.setVisible(true);
        field.requestFocus();
    }

    void hide() {
        if (isShown()) {
            layer.setVisible(false);
            returnFocus.run();
        }
    }

    private final class Cell extends ListCell<PaletteViewModel.Entry> {
        Cell() {
            // Keeps the row as wide as the list, even when its texts are longer.
            setPrefWidth(0);
            setOnMouseClicked(_ -> run(getItem()));
        }

        @Override
        protected void updateItem(PaletteViewModel.@Nullable Entry entry, boolean empty) {
            super.updateItem(entry, empty);
            if (entry == null || empty) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            StackPane icon = new StackPane();
            icon.setMinWidth(20);
            if (entry.icon() != null) {
                icon.getChildren().add(Icons.icon(entry.icon()));
            }
            Label words = new Label(entry.words());
            words.setMinWidth(Region.USE_PREF_SIZE);
            Label detail = new Label(entry.isPossible() ? entry.detail() : entry.obstacle());
            detail.getStyleClass().add("muted");
            HBox.setHgrow(detail, Priority.ALWAYS);
            detail.setMaxWidth(Double.MAX_VALUE);
            Label key = new Label(entry.key());
            key.getStyleClass().addAll("mono", "key");
            key.setMinWidth(Region.USE_PREF_SIZE);
            key.setVisible(!entry.key().isEmpty());
            key.setManaged(!entry.key().isEmpty());
            if (!entry.isPossible()) {
                words.getStyleClass().add("muted");
            }
            HBox row = new HBox(10, icon, words, detail, key);
            row.setAlignment(Pos.CENTER_LEFT);
            setGraphic(row);
            setAccessibleText(String.join(" ", entry.words(), detail.getText(), entry.key()));
        }
    }
}
