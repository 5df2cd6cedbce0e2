package dev.patchbay.app.rules;

import dev.patchbay.app.control.CopySupport;
import dev.patchbay.app.hosts.RootAccessViewModel;
import dev.patchbay.app.model.Selection;
import dev.patchbay.app.text.Messages;
import dev.patchbay.core.rules.RuleCommand;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// One table of the kernel's rules, with a sentence about the selected rule below.
public final class RulesPane {
    private static final PseudoClass FIRST = PseudoClass.getPseudoClass("first-of-chain");
    private static final PseudoClass RELATED = PseudoClass.getPseudoClass("related");
    private static final double HEADING_HEIGHT = 28;
    /// Space for the focus ring, and for a scroll bar in a narrow window.
    private static final double BOTTOM_ROOM = 16;

    private final RulesViewModel model;
    private final TableView<RuleRow> table = new TableView<>();
    private final Label sentence = new Label();
    private final HBox tools;
    private final VBox box = new VBox();
    private final CopySupport copying = new CopySupport(this::selectedLine);

    /// @param id of the table, for lookups
    /// @param root asks for root where rules cannot be read without it
    public RulesPane(String id, RulesViewModel model, RootAccessViewModel root) {
        this.model = model;
        table.setId(id);
        table.setItems(model.rows());
        HiddenRulesHint hidden = new HiddenRulesHint(id, model, root);
        table.setPlaceholder(hidden.placeholder());
        table.getStyleClass().addAll("rules", "dense");
        RuleTableColumns.addTo(table, model.all());
        table.setRowFactory(_ -> new Row());
        table.getSelectionModel().selectedItemProperty().subscribe(this::rowSelected);
        model.selected().subscribe(this::selectionChanged);
        // The focus must be there before the row is selected, so that the first click counts.
        table.addEventFilter(MouseEvent.MOUSE_PRESSED, _ -> table.requestFocus());
        MenuItem all = new MenuItem(Messages.of("rules.showAll"));
        all.setId(id + "MenuShowAll");
        all.setOnAction(_ -> model.showAll());
        copying.installOn(table, Messages.of("rules.line"), all);
        // The table takes only the remaining height, so that a sentence of two lines is shown in full.
        table.setPrefHeight(0);
        VBox.setVgrow(table, Priority.ALWAYS);
        model.rows().subscribe(this::fitHeight);
        table.fixedCellSizeProperty().subscribe(this::fitHeight);
        Region rest = new Region();
        VBox.setVgrow(rest, Priority.SOMETIMES);
        tools = makeTools();
        box.getChildren().addAll(table, hidden.line(), rest, footer());
    }

    public Node node() {
        return box;
    }

    /// The controls that filter the table, for the bar above it.
    public HBox tools() {
        return tools;
    }

    /// The table is as high as its rows, so that the hint follows them directly. A table without rows
    /// takes all the height.
    private void fitHeight() {
        int rows = model.rows().size();
        table.setMaxHeight(
                rows == 0 ? Double.MAX_VALUE : HEADING_HEIGHT + rows * table.getFixedCellSize() + BOTTOM_ROOM);
    }

    private HBox makeTools() {
        TextField filter = new TextField();
        filter.setId(table.getId() + "Filter");
        filter.setPromptText(Messages.of("rules.filter"));
        filter.setAccessibleText(Messages.of("rules.filter"));
        filter.getStyleClass().add("small");
        filter.textProperty().bindBidirectional(model.query());
        filter.setPrefWidth(150);
        filter.setMinWidth(60);
        filter.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                filter.clear();
                table.requestFocus();
                event.consume();
            } else if (event.getCode() == KeyCode.DOWN || event.getCode() == KeyCode.ENTER) {
                table.requestFocus();
                table.getSelectionModel().selectFirst();
                event.consume();
            }
        });
        CheckBox only = new CheckBox(Messages.of("rules.only"));
        only.setId(table.getId() + "Only");
        only.selectedProperty().bindBidirectional(model.onlySelected());
        only.setTooltip(new Tooltip(Messages.of("rules.only")));
        only.setMinWidth(60);
        HBox row = new HBox(10, only, filter);
        row.setAlignment(Pos.CENTER_RIGHT);
        return row;
    }

    private Node footer() {
        sentence.setId(table.getId() + "Sentence");
        sentence.setWrapText(true);
        sentence.setMaxWidth(Double.MAX_VALUE);
        sentence.getStyleClass().add("rule-sentence");
        HBox.setHgrow(sentence, Priority.ALWAYS);
        ToggleButton baseline = new ToggleButton(Messages.of("rules.baseline"));
        baseline.setId(table.getId() + "Baseline");
        baseline.getStyleClass().addAll("flat", "small");
        baseline.setTooltip(new Tooltip(Messages.of("rules.baseline.tip")));
        baseline.setMinWidth(Region.USE_PREF_SIZE);
        baseline.selectedProperty().bindBidirectional(model.sinceBaseline());
        Button copy = new Button(Messages.of("rules.copy"));
        copy.setId(table.getId() + "Copy");
        copy.getStyleClass().addAll("flat", "small");
        copy.setTooltip(new Tooltip(Messages.of("rules.copy.tip")));
        copy.setMinWidth(Region.USE_PREF_SIZE);
        copy.disableProperty()
                .bind(table.getSelectionModel().selectedItemProperty().isNull());
        copy.setOnAction(_ -> copying.copy());
        HBox row = new HBox(6, sentence, baseline, copy);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("rule-footer");
        return row;
    }

    private void rowSelected(@Nullable RuleRow row) {
        sentence.getStyleClass().remove("nothing-picked");
        if (row == null) {
            sentence.setText(Messages.of("rules.hint"));
            sentence.getStyleClass().add("nothing-picked");
            return;
        }
        sentence.setText(Messages.of("rules.sentence", row.rule().number(), row.chain(), row.sentence()));
        // Highlights the object of the rule, but only if a person selected the rule: the table changes
        // its selection by itself when rows change.
        if (table.isFocused()) {
            model.select(row);
        }
    }

    /// Clears the selected rule when it is not for the selected object any more.
    private void selectionChanged(Selection selected) {
        RuleRow row = table.getSelectionModel().getSelectedItem();
        if (row != null && !row.subject().equals(selected) && !(row.subject() instanceof Selection.None)) {
            table.getSelectionModel().clearSelection();
        }
    }

    private String selectedLine() {
        RuleRow row = table.getSelectionModel().getSelectedItem();
        return row == null ? "" : RuleCommand.of(row.rule());
    }

    /// Marks the first rule of a chain, and the rules that are for the selected object.
    private final class Row extends TableRow<RuleRow> {
        Row() {
            model.selected().subscribe(this::updatePseudoClasses);
            model.onlySelected().subscribe(this::updatePseudoClasses);
            itemProperty().subscribe(this::updatePseudoClasses);
        }

        private void updatePseudoClasses() {
            RuleRow row = getItem();
            pseudoClassStateChanged(FIRST, row != null && row.firstOfChain() && getIndex() > 0);
            // No mark when all rows would have it.
            pseudoClassStateChanged(
                    RELATED,
                    row != null
                            && !model.isNarrowed()
                            && row.concerns(model.selected().get()));
        }
    }
}
