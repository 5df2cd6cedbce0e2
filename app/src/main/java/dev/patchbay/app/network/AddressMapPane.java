package dev.patchbay.app.network;

import dev.patchbay.app.control.ColumnAutoSizer;
import dev.patchbay.app.control.ColumnAutoSizer.SizePolicy;
import dev.patchbay.app.control.CopySupport;
import dev.patchbay.app.model.SafeText;
import dev.patchbay.app.network.AddressMapViewModel.AddressRow;
import dev.patchbay.app.text.Messages;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The address map over the window: a table of ranges, and the problems below it. Esc closes it.
public final class AddressMapPane {
    private static final PseudoClass PROBLEM = PseudoClass.getPseudoClass("problem");
    private static final double WIDTH = 940;
    private static final double TABLE_HEIGHT = 380;
    private static final double PROBLEMS_HEIGHT = 116;
    private static final double MARGIN = 32;

    private final AddressMapViewModel model;
    private final Runnable onClosed;
    private final TableView<AddressRow> table = new TableView<>();
    private final ColumnAutoSizer<AddressRow> widths;
    private final VBox problems = new VBox(4);
    private final StackPane layer = new StackPane();

    /// @param closed called after it has closed, to restore the focus
    public AddressMapPane(AddressMapViewModel model, Runnable closed) {
        this.model = model;
        this.onClosed = closed;
        Label title = new Label(Messages.of("addresses.title"));
        title.getStyleClass().add("sheet-title");
        table.setId("addresses");
        table.setAccessibleText(Messages.of("addresses.title"));
        table.setItems(model.rows());
        table.setPlaceholder(new Label());
        table.getStyleClass().addAll("rules", "addresses", "dense");
        table.setPrefHeight(TABLE_HEIGHT);
        table.setRowFactory(_ -> new Row());
        widths = new ColumnAutoSizer<>(table, model.rows());
        widths.addText(Messages.of("addresses.range"), "strong", 18, SizePolicy.SHRINK, AddressRow::range);
        widths.addText(Messages.of("addresses.what"), "", 20, SizePolicy.SHRINK, AddressRow::what);
        widths.addText(Messages.of("addresses.used"), "number", 5, SizePolicy.SHRINK, AddressRow::used);
        widths.addText(Messages.of("addresses.free"), "number", 5, SizePolicy.SHRINK, AddressRow::free);
        widths.addText(Messages.of("addresses.note"), "", 24, SizePolicy.GROW, AddressRow::note);
        table.getColumns()
                .subList(2, 4)
                .forEach(column -> column.getStyleClass().add("number"));
        new CopySupport(this::selectedLine).installOn(table, Messages.of("addresses.line"));
        problems.setId("addressProblems");
        model.problems().subscribe(this::showProblems);
        ScrollPane below = new ScrollPane(problems);
        below.setFitToWidth(true);
        below.setMaxHeight(PROBLEMS_HEIGHT);
        below.getStyleClass().add("plain-scroll");
        Button close = new Button(Messages.of("addresses.close"));
        close.setId("addressesClose");
        close.setOnAction(_ -> hide());
        HBox buttons = new HBox(close);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        VBox card = new VBox(12, title, table, below, buttons);
        VBox.setVgrow(table, Priority.SOMETIMES);
        card.setId("addressMap");
        card.getStyleClass().addAll("change-sheet", "address-map");
        card.setMaxSize(WIDTH, Region.USE_PREF_SIZE);
        layer.getChildren().add(card);
        layer.setPadding(new Insets(MARGIN));
        layer.setPickOnBounds(false);
        layer.setAlignment(Pos.CENTER);
        layer.setVisible(false);
    }

    public Node layer() {
        return layer;
    }

    public boolean isShown() {
        return layer.isVisible();
    }

    public void show() {
        model.shown().set(true);
        layer.setVisible(true);
        table.requestFocus();
    }

    public void hide() {
        model.shown().set(false);
        layer.setVisible(false);
        onClosed.run();
    }

    private void showProblems(List<String> sentences) {
        problems.getChildren()
                .setAll(sentences.stream().map(AddressMapPane::problem).toList());
    }

    private static Label problem(String sentence) {
        Label label = new Label(SafeText.escape(sentence));
        label.setWrapText(true);
        label.getStyleClass().add("consequence");
        return label;
    }

    private String selectedLine() {
        AddressRow row = table.getSelectionModel().getSelectedItem();
        return row == null ? "" : row.line();
    }

    private static final class Row extends TableRow<AddressRow> {
        @Override
        protected void updateItem(@Nullable AddressRow row, boolean empty) {
            super.updateItem(row, empty);
            pseudoClassStateChanged(PROBLEM, !empty && row != null && row.problem());
        }
    }
}
