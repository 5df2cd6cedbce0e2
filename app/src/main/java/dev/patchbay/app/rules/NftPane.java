package dev.patchbay.app.rules;

import dev.patchbay.app.control.ColumnAutoSizer;
import dev.patchbay.app.control.ColumnAutoSizer.SizePolicy;
import dev.patchbay.app.control.CopySupport;
import dev.patchbay.app.text.Messages;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The nftables rules that iptables does not show, with a sentence about the selected rule below.
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
        widths.addText(Messages.of("nft.table"), "muted", 14, SizePolicy.SHRINK, NftRow::table);
        widths.addText(Messages.of("rules.chain"), "", 18, SizePolicy.SHRINK, NftRow::chain);
        widths.addText(Messages.of("nft.rule"), "strong", 40, SizePolicy.GROW, NftRow::rule);
        widths.addText(Messages.of("rules.owner"), "", 8, SizePolicy.SHRINK, NftRow::owner);
        widths.addText(Messages.of("rules.for"), "", 12, SizePolicy.SHRINK, NftRow::subject);
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
        // The table changes its selection by itself when rows change, so only a focused table counts.
        if (table.isFocused()) {
            model.select(row);
        }
    }
}
