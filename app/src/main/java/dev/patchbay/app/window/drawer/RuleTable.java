package dev.patchbay.app.window.drawer;

import dev.patchbay.app.canvas.Selected;
import dev.patchbay.app.text.Figures;
import dev.patchbay.app.text.Messages;
import dev.patchbay.app.viewmodel.RuleRow;
import dev.patchbay.app.viewmodel.RulesViewModel;
import dev.patchbay.core.rules.RuleLine;
import dev.patchbay.core.rules.RuleOwner;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// One table of the kernel's rules, with a plain sentence on the selected one below.
final class RuleTable {
    private static final PseudoClass FIRST = PseudoClass.getPseudoClass("first-of-chain");
    private static final PseudoClass RELATED = PseudoClass.getPseudoClass("related");

    private static final double SCROLL_BAR = 14;

    /// How wide a column is: at least so much, and so much of what is left; there from this width of the table up.
    private record Width(double least, double share, double neededWidth) {}

    private final Map<TableColumn<RuleRow, String>, Width> widths = new LinkedHashMap<>();
    private final RulesViewModel model;
    private final TableView<RuleRow> table = new TableView<>();
    private final Label sentence = new Label();
    private final VBox box = new VBox();

    /// @param id of the table, for looking it up
    RuleTable(String id, RulesViewModel model) {
        this.model = model;
        table.setId(id);
        table.setItems(model.rows());
        table.setPlaceholder(new Label(Messages.of("rules.empty")));
        table.getStyleClass().addAll("rules", "dense");
        addColumns();
        table.setRowFactory(_ -> new Row());
        table.getSelectionModel().selectedItemProperty().subscribe(this::picked);
        model.selected().subscribe(this::letGo);
        // Before the row is selected, so that the first click counts already.
        table.addEventFilter(MouseEvent.MOUSE_PRESSED, _ -> table.requestFocus());
        table.widthProperty().subscribe(width -> fit(width.doubleValue()));
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.isShortcutDown() && event.getCode() == KeyCode.C) {
                copy();
                event.consume();
            }
        });
        VBox.setVgrow(table, Priority.ALWAYS);
        box.getChildren().addAll(table, footer());
    }

    Node node() {
        return box;
    }

    private void addColumns() {
        text(
                Messages.of("rules.number"),
                new Width(24, 0, 0),
                row -> String.valueOf(row.rule().number()),
                "muted");
        text(Messages.of("rules.chain"), new Width(92, 0.6, 0), row -> row.chain(), "");
        text(
                Messages.of("rules.target"),
                new Width(84, 0.3, 0),
                row -> row.columns().target(),
                "strong");
        text(
                Messages.of("rules.prot"),
                new Width(42, 0, 0),
                row -> row.columns().protocol(),
                "");
        text(
                Messages.of("rules.in"),
                new Width(60, 1, 0),
                row -> any(row.columns().in(), "*"),
                "");
        text(
                Messages.of("rules.out"),
                new Width(60, 1, 0),
                row -> any(row.columns().out(), "*"),
                "");
        text(
                Messages.of("rules.source"),
                new Width(94, 0.4, 0),
                row -> row.columns().source(),
                "anywhere");
        text(
                Messages.of("rules.destination"),
                new Width(88, 0.4, 0),
                row -> row.columns().destination(),
                "anywhere");
        text(
                Messages.of("rules.match"),
                new Width(150, 3, 0),
                row -> row.columns().match(),
                "");
        number(
                Messages.of("rules.packets"),
                new Width(66, 0, 0),
                row -> row.packets().map(count -> Figures.grouped(count.longValue())));
        number(
                Messages.of("rules.bytes"),
                new Width(54, 0, 860),
                row -> row.bytes().map(count -> Figures.bytes(count.doubleValue())));
        number(
                Messages.of("rules.rate"),
                new Width(64, 0, 1000),
                row -> row.rate().map(RuleTable::rate));
        TableColumn<RuleRow, String> owner = text(
                Messages.of("rules.owner"),
                new Width(60, 0, 0),
                row -> row.meaning().owner().toString(),
                "");
        owner.setCellFactory(_ -> new OwnerCell());
        text(
                Messages.of("rules.for"),
                new Width(84, 1.2, 0),
                row -> row.meaning().subject().isEmpty() ? "—" : row.meaning().subject(),
                "");
    }

    private static String rate(Number bytesPerSecond) {
        return bytesPerSecond.doubleValue() < 0.5 ? "" : Figures.byteRate(bytesPerSecond.doubleValue());
    }

    private static String any(String name, String anyName) {
        return name.equals(anyName) ? Messages.of("rules.any") : name;
    }

    private TableColumn<RuleRow, String> text(
            String heading, Width width, Function<RuleRow, String> value, String style) {
        TableColumn<RuleRow, String> column = column(heading, width);
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(value.apply(cell.getValue())));
        column.setCellFactory(_ -> new TextCell(style));
        return column;
    }

    private void number(String heading, Width width, Function<RuleRow, ObservableValue<String>> value) {
        TableColumn<RuleRow, String> column = column(heading, width);
        column.setCellValueFactory(cell -> value.apply(cell.getValue()));
        column.setCellFactory(_ -> new TextCell("number"));
        column.getStyleClass().add("number");
    }

    private TableColumn<RuleRow, String> column(String heading, Width width) {
        TableColumn<RuleRow, String> column = new TableColumn<>(heading.toUpperCase(Locale.ROOT));
        column.setMinWidth(20);
        widths.put(column, width);
        column.setSortable(false);
        column.setReorderable(false);
        table.getColumns().add(column);
        return column;
    }

    private Node footer() {
        sentence.setId(table.getId() + "Sentence");
        sentence.setWrapText(true);
        sentence.setMaxWidth(Double.MAX_VALUE);
        sentence.getStyleClass().add("rule-sentence");
        HBox.setHgrow(sentence, Priority.ALWAYS);
        CheckBox only = new CheckBox(Messages.of("rules.only"));
        only.setId(table.getId() + "Only");
        only.selectedProperty().bindBidirectional(model.onlySelected());
        only.setMinWidth(Region.USE_PREF_SIZE);
        Button copy = new Button(Messages.of("rules.copy"));
        copy.getStyleClass().addAll("flat", "small");
        copy.setMinWidth(Region.USE_PREF_SIZE);
        copy.disableProperty()
                .bind(table.getSelectionModel().selectedItemProperty().isNull());
        copy.setOnAction(_ -> copy());
        HBox row = new HBox(10, sentence, only, copy);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("rule-footer");
        return row;
    }

    private void picked(@Nullable RuleRow row) {
        if (row == null) {
            sentence.setText(Messages.of("rules.hint"));
            return;
        }
        sentence.setText(Messages.of(
                "rules.sentence",
                row.rule().number(),
                row.chain(),
                row.meaning().sentence()));
        // Light what the rule is about, but only if a person picked it: the table selects by itself when rows change.
        if (table.isFocused()) {
            model.pick(row);
        }
    }

    /// A rule that says nothing about the selection any more is not the one to read about.
    private void letGo(Selected selected) {
        RuleRow row = table.getSelectionModel().getSelectedItem();
        if (row != null && !row.subject().equals(selected) && !(row.subject() instanceof Selected.Nothing)) {
            table.getSelectionModel().clearSelection();
        }
    }

    /// Every column in view at every width: the wide ones share what is left, the least telling go first.
    private void fit(double width) {
        widths.forEach((column, ideal) -> column.setVisible(width >= ideal.neededWidth()));
        double fixed = 0;
        double shares = 0;
        for (var entry : widths.entrySet()) {
            if (entry.getKey().isVisible()) {
                fixed += entry.getValue().least();
                shares += entry.getValue().share();
            }
        }
        double spare = Math.max(0, width - SCROLL_BAR - fixed);
        double perShare = shares == 0 ? 0 : spare / shares;
        widths.forEach((column, ideal) -> column.setPrefWidth(Math.floor(ideal.least() + ideal.share() * perShare)));
    }

    private void copy() {
        RuleRow row = table.getSelectionModel().getSelectedItem();
        if (row != null) {
            ClipboardContent content = new ClipboardContent();
            content.putString(RuleLine.of(row.rule()));
            Clipboard.getSystemClipboard().setContent(content);
        }
    }

    /// Marks where a chain begins and what belongs to the selection.
    private final class Row extends TableRow<RuleRow> {
        Row() {
            model.selected().subscribe(this::mark);
            itemProperty().subscribe(this::mark);
        }

        private void mark() {
            RuleRow row = getItem();
            pseudoClassStateChanged(FIRST, row != null && row.firstOfChain() && getIndex() > 0);
            pseudoClassStateChanged(
                    RELATED, row != null && row.concerns(model.selected().get()));
        }
    }

    private static final class TextCell extends TableCell<RuleRow, String> {
        private final boolean dimsAnywhere;

        TextCell(String style) {
            dimsAnywhere = style.equals("anywhere");
            getStyleClass().add("mono");
            if (!style.isEmpty() && !dimsAnywhere) {
                getStyleClass().add(style);
            }
        }

        @Override
        protected void updateItem(@Nullable String text, boolean empty) {
            super.updateItem(text, empty);
            setText(empty ? null : text);
            getStyleClass().remove("muted-cell");
            if (dimsAnywhere && "0.0.0.0/0".equals(text)) {
                getStyleClass().add("muted-cell");
            }
        }
    }

    private static final class OwnerCell extends TableCell<RuleRow, String> {
        @Override
        protected void updateItem(@Nullable String text, boolean empty) {
            super.updateItem(text, empty);
            setText(empty ? null : text);
            getStyleClass().removeAll("owner-patchbay", "owner-foreign");
            if (!empty && text != null) {
                getStyleClass().add(text.equals(RuleOwner.PATCHBAY.toString()) ? "owner-patchbay" : "owner-foreign");
            }
        }
    }
}
