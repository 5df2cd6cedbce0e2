package dev.patchbay.app.rules;

import dev.patchbay.app.control.ColumnAutoSizer;
import dev.patchbay.app.control.CopySupport;
import dev.patchbay.app.control.TextCell;
import dev.patchbay.app.text.Messages;
import java.util.Locale;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The rules of tables that iptables does not show, with a plain sentence on the selected one below.
public final class NftPane {
    private final NftViewModel model;
    private final TableView<NftRow> table = new TableView<>();
    private final ColumnAutoSizer<NftRow> widths;
    private final Label sentence = new Label();
    private final VBox box = new VBox();

    public NftPane(NftViewModel model) {
        this.model = model;
        table.setId("nftRules");
        table.setItems(model.rows());
        table.getStyleClass().addAll("rules", "dense");
        widths = new ColumnAutoSizer<>(table, model.rows());
        column(Messages.of("nft.table"), "muted", 14, NftRow::table);
        column(Messages.of("rules.chain"), "", 18, NftRow::chain);
        column(Messages.of("nft.rule"), "strong", 40, NftRow::rule);
        column(Messages.of("rules.owner"), "", 8, NftRow::owner);
        column(Messages.of("rules.for"), "", 12, NftRow::subject);
        table.getSelectionModel().selectedItemProperty().subscribe(this::rowSelected);
        new CopySupport(this::selectedLine).installOn(table, Messages.of("nft.line"));
        table.setPrefHeight(0);
        VBox.setVgrow(table, Priority.ALWAYS);
        sentence.setId("nftRulesSentence");
        sentence.setWrapText(true);
        sentence.setMaxWidth(Double.MAX_VALUE);
        sentence.getStyleClass().add("rule-sentence");
        VBox footer = new VBox(sentence);
        footer.getStyleClass().add("rule-footer");
        box.getChildren().addAll(table, footer);
    }

    public Node node() {
        return box;
    }

    private String selectedLine() {
        NftRow row = table.getSelectionModel().getSelectedItem();
        return row == null ? "" : row.command();
    }

    private void rowSelected(@Nullable NftRow row) {
        sentence.getStyleClass().remove("nothing-picked");
        if (row == null) {
            sentence.setText(Messages.of("rules.hint"));
            sentence.getStyleClass().add("nothing-picked");
            return;
        }
        sentence.setText(row.sentence());
        // The table selects by itself when rows change.
        if (table.isFocused()) {
            model.select(row);
        }
    }

    private void column(String heading, String style, int least, Function<NftRow, String> text) {
        TableColumn<NftRow, String> column = new TableColumn<>(heading.toUpperCase(Locale.ROOT));
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(text.apply(cell.getValue())));
        column.setCellFactory(_ -> new TextCell<>(style));
        table.getColumns().add(column);
        boolean rule = heading.equals(Messages.of("nft.rule"));
        widths.add(column, text, least, rule ? ColumnAutoSizer.SizePolicy.GROW : ColumnAutoSizer.SizePolicy.SHRINK);
    }
}
