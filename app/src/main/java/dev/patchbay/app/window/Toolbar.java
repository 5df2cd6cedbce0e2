package dev.patchbay.app.window;

import dev.patchbay.app.action.ActionCatalogue;
import dev.patchbay.app.action.ActionId;
import dev.patchbay.app.hosts.HostChoice;
import dev.patchbay.app.hosts.HostKind;
import dev.patchbay.app.hosts.HostSwitch;
import dev.patchbay.app.hosts.HostSwitchButton;
import dev.patchbay.app.style.Fonts;
import dev.patchbay.app.style.Icons;
import dev.patchbay.app.style.Theme;
import dev.patchbay.app.text.Messages;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.materialdesign2.MaterialDesignD;

/// The toolbar at the top: the choice of the host, the search field, and the buttons that create
/// objects.
final class Toolbar {
    private static final double BRAND_GAP = 10;
    /// Width of the shortcut and the edges of the search field, in pixels.
    private static final double PROMPT_MARGIN = 80;
    /// The same size as in the style sheet.
    private static final double TEXT_SIZE = 12;
    /// While the field shows the number of hits at its right end.
    private static final PseudoClass COUNTED = PseudoClass.getPseudoClass("counted");

    private final HBox bar = new HBox(8);
    private final TextField search = new TextField();
    private final Node logo = Logo.node();
    private final WindowViewModel model;
    private final ActionCatalogue catalogue;

    /// @param shown the host of this window
    /// @param leaveSearch gives the focus back to the canvas
    Toolbar(
            WindowViewModel model,
            HostChoice shown,
            HostSwitch hosts,
            ActionCatalogue catalogue,
            Runnable leaveSearch,
            ReadOnlyObjectProperty<@Nullable Theme> chosenTheme) {
        this.model = model;
        this.catalogue = catalogue;
        Label name = new Label(Messages.of("window.title"));
        name.getStyleClass().add("product");
        HBox brand = new HBox(8, logo, name);
        brand.setAlignment(Pos.CENTER_LEFT);
        brand.setMinWidth(Region.USE_PREF_SIZE);
        HBox.setMargin(brand, new Insets(0, BRAND_GAP, 0, 0));

        Button newNetwork = catalogue.button(ActionId.NEW_NETWORK);
        newNetwork.getStyleClass().add("accent");
        newNetwork.setMinWidth(Region.USE_PREF_SIZE);
        Button run = catalogue.button(ActionId.RUN_CONTAINER);
        run.setMinWidth(Region.USE_PREF_SIZE);
        Button undo = catalogue.iconButton(ActionId.UNDO);
        Button redo = catalogue.iconButton(ActionId.REDO);
        String undoName = undo.getAccessibleText();
        String redoName = redo.getAccessibleText();
        model.undo().undoable().subscribe(title -> updateHistoryButton(undo, title, undoName));
        model.undo().redoable().subscribe(title -> updateHistoryButton(redo, title, redoName));

        Region before = spacer();
        Region after = spacer();
        bar.getChildren()
                .addAll(
                        brand,
                        new HostSwitchButton(shown, model.host(), hosts).node(),
                        before,
                        searchField(leaveSearch),
                        after,
                        newNetwork,
                        run,
                        undo,
                        redo,
                        catalogue.iconButton(ActionId.FIT),
                        catalogue.iconButton(ActionId.THEME),
                        moreMenu(chosenTheme));
        bar.getStyleClass().add("toolbar");
        bar.setAlignment(Pos.CENTER_LEFT);
    }

    /// The menu of the actions that are rarely used.
    private Node moreMenu(ReadOnlyObjectProperty<@Nullable Theme> chosenTheme) {
        Menu export = new Menu(Messages.of("menu.exports"));
        export.setId("menuExports");
        Menu theme = themeMenu(chosenTheme);
        MenuButton button = new MenuButton(null, Icons.icon(MaterialDesignD.DOTS_HORIZONTAL));
        button.setId("more");
        button.getStyleClass().addAll("flat", "no-arrow");
        button.setAccessibleText(Messages.of("menu.more"));
        Runnable fill = () -> {
            export.getItems().setAll(withoutKeys(ExportActions.items(catalogue)));
            List<MenuItem> items = new ArrayList<>(List.of(item(ActionId.PALETTE), item(ActionId.COMPOSE), export));
            if (model.host().kind() == HostKind.LAB) {
                items.add(item(ActionId.TOUR));
            }
            items.addAll(List.of(item(ActionId.TIDY), theme, item(ActionId.HELP)));
            button.getItems().setAll(withoutKeys(items));
        };
        fill.run();
        button.setOnShowing(_ -> fill.run());
        return button;
    }

    private MenuItem item(ActionId id) {
        return catalogue.menuItem(id, catalogue.selected(), "more");
    }

    /// Removes the accelerators: a menu button would handle them also while a form covers the window.
    private static List<MenuItem> withoutKeys(List<MenuItem> items) {
        items.forEach(item -> {
            item.acceleratorProperty().unbind();
            item.setAccelerator(null);
        });
        return items;
    }

    private Menu themeMenu(ReadOnlyObjectProperty<@Nullable Theme> chosenTheme) {
        Menu menu = new Menu(Messages.of("menu.theme"));
        menu.setId("menuTheme");
        ToggleGroup group = new ToggleGroup();
        Map<ActionId, Optional<Theme>> themes = new EnumMap<>(ActionId.class);
        themes.put(ActionId.THEME_DESKTOP, Optional.empty());
        themes.put(ActionId.THEME_DARK, Optional.of(Theme.DARK));
        themes.put(ActionId.THEME_LIGHT, Optional.of(Theme.LIGHT));
        themes.put(ActionId.THEME_CONTRAST, Optional.of(Theme.HIGH_CONTRAST));
        themes.forEach((id, theme) -> {
            RadioMenuItem item = new RadioMenuItem(id.words());
            item.setId(id.controlId());
            item.setToggleGroup(group);
            item.setOnAction(_ -> catalogue.perform(id));
            chosenTheme.subscribe(
                    chosen -> item.setSelected(Optional.ofNullable(chosen).equals(theme)));
            menu.getItems().add(item);
        });
        return menu;
    }

    private static void updateHistoryButton(Button button, @Nullable String title, String name) {
        button.disableProperty().unbind();
        button.setDisable(title == null);
        String text = title == null ? name : name + ": " + title;
        button.getTooltip().textProperty().unbind();
        button.getTooltip().setText(text);
        button.setAccessibleText(text);
    }

    private static Region spacer() {
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        return gap;
    }

    Node node() {
        return bar;
    }

    Node logo() {
        return logo;
    }

    void focusSearch() {
        search.requestFocus();
        search.selectAll();
    }

    private static double textWidth(String words) {
        Text text = new Text(words);
        text.setFont(Font.font(Fonts.TEXT, TEXT_SIZE));
        return text.getLayoutBounds().getWidth();
    }

    private Node searchField(Runnable leaveSearch) {
        search.setId("search");
        search.setPromptText(Messages.of("toolbar.search"));
        search.setAccessibleText(Messages.of("toolbar.search"));
        search.textProperty().bindBidirectional(model.search().query());
        search.setPrefWidth(380);
        search.setMinWidth(120);
        search.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                model.search().next();
                event.consume();
            } else if (event.getCode() == KeyCode.ESCAPE) {
                search.clear();
                leaveSearch.run();
                event.consume();
            }
        });
        Label key = new Label(Messages.of("toolbar.search.key"));
        key.getStyleClass().addAll("mono", "key-hint");
        key.visibleProperty()
                .bind(search.textProperty()
                        .isEmpty()
                        .and(search.widthProperty().greaterThan(textWidth(search.getPromptText()) + PROMPT_MARGIN)));
        key.setMouseTransparent(true);
        Label hits = new Label();
        hits.setId("searchHits");
        hits.getStyleClass().add("key-hint");
        hits.textProperty().bind(model.search().position());
        hits.textProperty().subscribe(text -> search.pseudoClassStateChanged(COUNTED, !text.isEmpty()));
        hits.setMouseTransparent(true);
        hits.setMinWidth(Region.USE_PREF_SIZE);
        search.accessibleHelpProperty().bind(model.search().position());
        StackPane field = new StackPane(search, key, hits);
        StackPane.setAlignment(key, Pos.CENTER_RIGHT);
        StackPane.setAlignment(hits, Pos.CENTER_RIGHT);
        HBox.setHgrow(field, Priority.SOMETIMES);
        field.setMaxWidth(380);
        return field;
    }
}
